"""What hostile code tries, and how its outcome is judged."""

import errno
import os
from collections import Counter

import pytest

from grader.sandbox.lockdown.attempts import ATTEMPTS, Aim, Attempt
from grader.sandbox.lockdown.layers import LAYERS


@pytest.fixture
def aim(bounds, tmp_path):
    """Aim at nothing in particular."""
    return Aim(bounds, os.getpid(), tmp_path, -1, -1, ())


def raising(problem):
    """Return an attempt that ends in `problem`."""

    def run(_aim):
        raise problem

    return Attempt("landlock", "anything", run)


def test_each_layer_answers_for_an_attempt():
    """There is an attempt for each layer, none for another, and no name twice."""
    assert {attempt.layer for attempt in ATTEMPTS} == {layer.name for layer in LAYERS}
    assert max(Counter(attempt.name for attempt in ATTEMPTS).values()) == 1


def test_an_attempt_that_returns_has_succeeded(aim):
    """What raises nothing was not refused."""
    assert Attempt("landlock", "nothing", lambda _aim: None).outcome(aim) == (False, "it succeeded")


def test_a_refusal_is_an_error_that_means_it(aim):
    """Not permitted, access denied and no such call are refusals."""
    for number in (errno.EPERM, errno.EACCES, errno.ENOSYS):
        refused, detail = raising(OSError(number, "no")).outcome(aim)
        assert refused
        assert "no" in detail


def test_an_error_about_the_arguments_is_a_success(aim):
    """A call that the kernel looked into would have worked with better arguments."""
    for number in (errno.EINVAL, errno.EFAULT, errno.ENOENT, errno.EBADF):
        assert not raising(OSError(number, "bad")).outcome(aim)[0]


def test_an_unexpected_error_is_nobodys_refusal(aim):
    """A mistake in an attempt isn't taken for a layer that held."""
    with pytest.raises(AttributeError):
        raising(AttributeError("a mistake")).outcome(aim)


def test_a_secret_read_among_others_is_found(aim, tmp_path):
    """One readable secret is enough to break the promise; none given breaks nothing."""
    attempt = next(each for each in ATTEMPTS if each.name == "read a secret path")
    assert attempt.outcome(aim)[0]
    given = Aim(aim.bounds, aim.parent, tmp_path, -1, -1, (tmp_path / "absent", tmp_path))
    assert not attempt.outcome(given)[0]
