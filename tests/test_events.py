"""Events are told where a command asked for them, and nowhere else."""

import json
from datetime import datetime

import pytest

from grader.errors import UserError
from grader.events import LOGGER, tell, told


def test_a_file_holds_a_line_of_json_for_each_event(tmp_path):
    """When, what, and the fields, in any language; a second run adds to the file."""
    log = tmp_path / "run.log"
    for student in ("ada", "李明"):
        with told(verbose=False, log=log):
            tell("graded", student=student, points=4)
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(each["event"], each["student"], each["points"]) for each in events] == [
        ("graded", "ada", 4),
        ("graded", "李明", 4),
    ]
    assert all(datetime.fromisoformat(each["at"]).tzinfo for each in events)


def test_the_terminal_gets_it_in_short(capsys):
    """On the error stream, so that the output can still be read by a program."""
    with told(verbose=True, log=None):
        tell("judging", seconds=1.5)
    assert capsys.readouterr() == ("", "judging: seconds=1.5\n")


def test_nothing_is_told_unasked(capsys):
    """Afterwards the logger is as it was."""
    with told(verbose=True, log=None):
        pass
    tell("judging", seconds=1.5)
    assert capsys.readouterr() == ("", "")
    assert LOGGER.handlers == []


def test_a_log_that_cannot_be_written_is_told(tmp_path):
    """A missing folder is one sentence."""
    with pytest.raises(UserError, match=r"run\.log"), told(verbose=False, log=tmp_path / "none" / "run.log"):
        pass
