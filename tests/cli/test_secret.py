"""`grader secret`: shown, set, and never lost unasked."""

from __future__ import annotations

import io
import stat
import sys
from types import SimpleNamespace

import pytest


@pytest.fixture
def typed(monkeypatch):
    """Return what gives the standard input a content."""
    return lambda content: monkeypatch.setattr(
        sys, "stdin", SimpleNamespace(isatty=lambda: False, buffer=io.BytesIO(content))
    )


def test_a_secret_is_set_and_shown(grader, typed, copied):
    """It is kept to its owner, and shown alone on the standard output, to be piped elsewhere."""
    typed(b"hunter\n")
    assert grader("secret", "set").code == 0
    assert stat.S_IMODE((copied / ".grader" / "secret").stat().st_mode) == 0o600
    shown = grader("secret", "show")
    assert (shown.out, shown.code) == ("hunter\n", 0)
    assert ".grader" in shown.err


def test_another_secret_is_not_lost_unasked(grader, refused, typed):
    """The same one again is no change; another one needs --replace."""
    for content in (b"hunter", b"hunter\n"):
        typed(content)
        assert grader("secret", "set").code == 0
    typed(b"gatherer")
    assert "--replace" in refused("secret", "set")
    typed(b"gatherer")
    assert grader("secret", "set", "--replace").code == 0
    assert grader("secret", "show").out == "gatherer\n"


@pytest.mark.parametrize("content", [b"", b" \n", b"two\nlines\n"])
def test_what_is_no_secret_is_refused(refused, typed, content):
    """A secret is one line."""
    typed(content)
    assert "one line" in refused("secret", "set")


def test_a_course_without_a_secret_says_so(refused):
    """Showing makes none."""
    assert "no secret yet" in refused("secret", "show")


def test_the_environment_goes_first_and_that_is_told(grader, typed, monkeypatch):
    """Who sets a secret learns that another one is in force."""
    monkeypatch.setenv("GRADER_SECRET", "outer")
    typed(b"hunter")
    assert "goes before it" in grader("secret", "set").err
    assert grader("secret", "show").out == "outer\n"
