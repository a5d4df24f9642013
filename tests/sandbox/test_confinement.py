"""The confinement crosses to the zygote whole, and a machine that lacks a layer is refused by name."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from grader.errors import IsolationError
from grader.sandbox.confinement import Confinement
from grader.sandbox.isolation import Isolation, left_out
from grader.sandbox.limits import Limits
from grader.sandbox.lockdown import landlock, seccomp
from grader.sandbox.lockdown.landlock import libraries
from grader.sandbox.lockdown.layers import LAYERS
from grader.sandbox.sandbox import Sandbox
from grader.sandbox.zygotes import check_proof


def lacking(_number: int = 0, *_rest: int) -> int:
    """Be a kernel without the layer."""
    raise OSError(errno.EOPNOTSUPP, "not here")


def test_a_confinement_crosses_as_one_line():
    """What the judge asks for is what the zygote reads."""
    asked = Confinement(Limits(memory_mib=300, restarts=7), frozenset({"seccomp", "landlock"}))
    line = asked.to_json()
    assert "\n" not in line
    assert Confinement.from_json(line) == asked


def test_the_sandbox_goes_without_nothing():
    """The default isolation has every layer; the weaker one keeps its own process and its limits."""
    names = {layer.name for layer in LAYERS}
    assert left_out(Isolation.SANDBOX) == frozenset()
    assert names - left_out(Isolation.PROCESS) == {"session", "descriptors", "limits", "parent"}


def test_other_systems_have_no_layer(monkeypatch):
    """Where there is no Linux the weaker isolation goes without every layer; the sandbox gives none up."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert left_out(Isolation.SANDBOX) == frozenset()
    assert left_out(Isolation.PROCESS) == {layer.name for layer in LAYERS}


def test_linux_never_takes_the_weaker_way(in_child):
    """On Linux a confinement that was not prepared lets no process in."""
    with pytest.raises(AssertionError, match=r"assert self\._preparation is not None"):
        in_child(lambda _pipe: Confinement(Limits()).enter())


@pytest.mark.parametrize(("module", "name"), [(landlock, "landlock"), (seccomp, "seccomp")])
def test_a_kernel_without_a_layer_is_refused_by_name(monkeypatch, module, name):
    """Grading does not start where a layer is missing, and says which, and what to do."""
    monkeypatch.setattr(module.kernel, "call", lacking)
    with pytest.raises(IsolationError) as caught, Sandbox(Limits()):
        pytest.fail("the sandbox must not open")
    assert name in str(caught.value)
    assert "--isolation=process" in str(caught.value)


def test_a_readable_secret_is_refused():
    """A course inside the library folders would be readable, so grading refuses."""
    inside = libraries()[0] / "course" / "solutions"
    with pytest.raises(IsolationError, match="move the course or the interpreter"):
        Sandbox(Limits(), secret=(inside,)).__enter__()


def test_a_proof_that_fails_is_refused():
    """What the self-test could do though it must not is told, and no student process is started."""
    with pytest.raises(IsolationError, match="seccomp: fork"):
        check_proof(["seccomp: fork (it succeeded)"])


def test_a_process_that_cannot_be_locked_down_costs_no_student(tmp_path: Path):
    """Where a layer fails in the child, that is the grader's failure and not a crash of the student's."""
    sandbox = Sandbox(Limits(open_files=64))
    with sandbox:
        process = sandbox.start()
        process.confined = False
        process.printed += b"no such layer"
        with pytest.raises(IsolationError, match="no such layer"):
            raise process.gone()
    assert not list(tmp_path.iterdir())
