"""The course's secret: made once, kept to its owner, and never the same in two courses."""

import stat
from pathlib import Path

import pytest

from grader.errors import UserError
from grader.grading.secret import BYTES, VARIABLE, course_secret

PLACE = Path(".grader") / "secret"
"""Where a course's secret lies in its folder."""


@pytest.fixture(autouse=True)
def _no_secret_in_the_environment(monkeypatch):
    """Let no secret of the machine take part."""
    monkeypatch.delenv(VARIABLE, raising=False)


def test_a_course_keeps_its_secret(tmp_path):
    """A second run draws the same probes as the first."""
    assert course_secret(tmp_path) == course_secret(tmp_path)


def test_two_courses_have_two_secrets(tmp_path):
    """What one course's students tell about their probes helps nobody in the next."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert course_secret(tmp_path / "a") != course_secret(tmp_path / "b")


def test_a_secret_is_long(tmp_path):
    """It can't be guessed: 32 random bytes, as hexadecimal digits."""
    assert len(bytes.fromhex(course_secret(tmp_path).decode())) == BYTES == 32


def test_a_secret_is_its_owners_alone(tmp_path):
    """No other user of the machine may read the file."""
    course_secret(tmp_path)
    assert stat.S_IMODE((tmp_path / PLACE).stat().st_mode) == 0o600


def test_a_secret_written_by_hand_is_taken(tmp_path):
    """The file may hold any text; the newline that an editor leaves is no part of it."""
    (tmp_path / PLACE).parent.mkdir()
    (tmp_path / PLACE).write_bytes(b"of autumn 2030\r\n")
    assert course_secret(tmp_path) == b"of autumn 2030"


def test_the_environment_comes_first(tmp_path, monkeypatch):
    """A secret given by GRADER_SECRET is used, and nothing is written."""
    monkeypatch.setenv(VARIABLE, "秘密")
    assert course_secret(tmp_path) == "秘密".encode()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_variable_gives_no_secret(tmp_path, monkeypatch):
    """GRADER_SECRET set to nothing is as good as not set."""
    monkeypatch.setenv(VARIABLE, "")
    assert len(course_secret(tmp_path)) == 2 * BYTES


@pytest.mark.parametrize("content", [b"", b"\n"])
def test_an_empty_file_is_no_secret(tmp_path, content):
    """A file that was cut short is refused: an empty secret is the same, and known, in every course."""
    (tmp_path / PLACE).parent.mkdir()
    (tmp_path / PLACE).write_bytes(content)
    with pytest.raises(UserError, match="secret"):
        course_secret(tmp_path)


@pytest.mark.parametrize(("blocked", "reason"), [(PLACE.parent, "File exists"), (PLACE / "x", "Is a directory")])
def test_a_secret_that_cannot_be_kept_is_told(tmp_path, blocked, reason):
    """The message names the place and both ways out."""
    (tmp_path / blocked).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / blocked).touch()
    with pytest.raises(UserError) as caught:
        course_secret(tmp_path)
    assert str(caught.value) == (
        f"the course's secret can't be kept in {tmp_path / PLACE} ({reason}); "
        f"make the folder writable, or set GRADER_SECRET"
    )
