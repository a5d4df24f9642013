"""Times from tables and from nbgrader."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.dates.times import nbgrader_time, read_times, time_of
from grader.errors import UserError
from grader.moments import zone_of

BERLIN = zone_of("Europe/Berlin")


def written(folder: Path, text: str) -> Path:
    path = folder / "times.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("id,time\n101,2030-01-31T23:59\n", datetime(2030, 1, 31, 22, 59, tzinfo=UTC)),
        (
            "First Name,Last Name,SID,Email,Submission Time\nM,C,101,m@x,2030-01-31 23:59:00 -0800\n",
            datetime(2030, 2, 1, 7, 59, tzinfo=UTC),
        ),
        (
            'Identifier,"Last modified (submission)"\n"Participant 101","Thursday, 31 January 2030, 11:59 PM"\n',
            datetime(2030, 1, 31, 22, 59, tzinfo=UTC),
        ),
        ("student_id,timestamp\n101,2030-01-31 22:59:00.5\n", datetime(2030, 1, 31, 21, 59, 0, 500000, tzinfo=UTC)),
        ("id,time\n101,2030-10-27T02:30\n", datetime(2030, 10, 27, 0, 30, tzinfo=UTC)),
    ],
    ids=["own", "gradescope", "moodle", "nbgrader", "twice"],
)
def test_times_of_every_system_are_read(tmp_path, text, at):
    """A time without a zone is the course's; where the clock shows it twice, the student gets the earlier one."""
    assert time_of(read_times(written(tmp_path, text), BERLIN), ["101"]) == at


def test_who_has_no_time_has_none(tmp_path):
    """An empty cell and Moodle's dash are no time."""
    times = read_times(written(tmp_path, "id,time\n1,\n2,-\n3,2030-01-31T23:59\n"), BERLIN)
    assert [time_of(times, [each]) is None for each in "123"] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "zone", "said"),
    [
        ("id,time\n1,31.01.2030 23:59\n", BERLIN, ":2: '31.01.2030 23:59' is no date and time"),
        ("id,time\n1,2030-01-31\n", BERLIN, ":2: '2030-01-31' is no date and time"),
        ("id,time\n1,2030-01-31T23:59\n", None, ":2: '2030-01-31T23:59' has no time zone; add `timezone:`"),
        ("id,due\n1,2030-01-31T23:59\n", BERLIN, ":1: a table of times has a column id"),
    ],
)
def test_a_time_that_is_not_clear_is_told(tmp_path, text, zone, said):
    """No time is guessed from a country's own form, nor a zone made up."""
    with pytest.raises(UserError) as caught:
        read_times(written(tmp_path, text), zone)
    assert said in str(caught.value)


def test_nbgraders_newest_timestamp_counts(tmp_path):
    """Beside each assignment nbgrader notes a time, in UTC where it says nothing else."""
    for unit, text in {"weights": "2030-01-31 22:59:00.0 UTC", "sums": "2030-02-01 10:00:00.0"}.items():
        (tmp_path / unit).mkdir()
        (tmp_path / unit / "timestamp.txt").write_text(text)
    assert nbgrader_time(tmp_path) == datetime(2030, 2, 1, 10, tzinfo=UTC)


def test_a_timestamp_that_is_none_is_no_time(tmp_path):
    """A student may have written the file: a link, a novel and nonsense are no time."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "timestamp.txt").write_text("soon" * 1000)
    (tmp_path / "timestamp.txt").symlink_to("/etc/hostname")
    assert nbgrader_time(tmp_path) is None
