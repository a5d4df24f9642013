"""The throw-away course, verified in the sandbox that all tests share."""

import itertools
from contextlib import nullcontext

import pytest
from throw_away_course import ThrowAway

from grader.grading import judge


@pytest.fixture(scope="session")
def units():
    """Return numbers that name each course's unit, so that no two hidden test files are of one name."""
    return itertools.count(1)


@pytest.fixture
def throw_away(tmp_path, units, sandbox, monkeypatch):
    """Return a course that keeps every rule; it is verified in the sandbox that all tests share."""
    monkeypatch.setattr(judge, "open_sandbox", lambda _course, **_options: nullcontext(sandbox))
    return ThrowAway(tmp_path / "course", f"unit_{next(units)}")


@pytest.fixture
def replace():
    """Return what breaks one thing in a file that holds it."""

    def replace_text(path, old, new):
        text = path.read_text(encoding="utf-8")
        assert old in text, "the file holds what is to be broken"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace_text
