"""When work was handed in, from a table that a course system or an instructor wrote, or from nbgrader.

Owns the tables' columns. A time that can't be read is told by its line; none is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from grader.moments import placed_early, read_moment
from grader.roster.forms import folded_heading
from grader.roster.forms import is_known as is_roster_heading
from grader.roster.keys import folded
from grader.roster.read import without_participant
from grader.spreadsheet import Row, Table, read_table

TIMES = ("time", "handed in", "submitted", "submitted at", "submission time", "last modified (submission)", "timestamp")
"""Headings of the time: our own, Gradescope's scores, Moodle's grading worksheet, nbgrader's export."""
WHO = (
    "id",
    "sid",
    "id number",
    "identifier",
    "sis login id",
    "username",
    "student_id",
    "email",
    "email address",
    "name",
    "full name",
    "student",
)
"""Headings that say whose time it is; each that a row fills is tried."""
NOTHING = frozenset({"", "-", "–"})  # noqa: RUF001 - how Moodle says that nothing was handed in
MOODLE = "%A, %d %B %Y, %I:%M %p"
LONGEST = 200
WEEKDAY = re.compile(r"[A-Z][a-z]+day, ")


def is_heading(heading: str) -> bool:
    """Whether a heading is one of a table of times."""
    return is_roster_heading(heading) or folded_heading(heading) in {*TIMES, *WHO}


def read_times(path: Path, zone: ZoneInfo | None) -> dict[str, datetime]:
    """Return when each student handed in, by every id and name that the table gives, folded.

    UserError names the line of a time that can't be read, or that has no zone where the course has none either.
    """
    table = read_table(path, is_heading)
    columns = {folded_heading(heading): heading for heading in reversed(table.header)}
    time = next((columns[each] for each in TIMES if each in columns), None)
    who = [columns[each] for each in WHO if each in columns]
    if time is None or not who:
        raise table.fault("a table of times has a column id, name or email, and a column time")
    found: dict[str, datetime] = {}
    for row in table.rows:
        if row.cells[time] not in NOTHING:
            moment = moment_of(table, row, row.cells[time], zone)
            found |= {folded(without_participant(row.cells[each])): moment for each in who if row.cells[each]}
    return found


def moment_of(table: Table, row: Row, text: str, zone: ZoneInfo | None) -> datetime:
    """Return the time in one row."""
    try:
        moment = moodle_moment(text) if WEEKDAY.match(text) else read_moment(text)
    except ValueError as problem:
        raise table.fault(str(problem), row.line) from None
    if moment.tzinfo is None and zone is None:
        raise table.fault(f"{text!r} has no time zone; add `timezone:` to config.yaml", row.line)
    return placed_early(moment, zone) if zone else moment


def moodle_moment(text: str) -> datetime:
    """Return a time as Moodle's grading worksheet has it in English."""
    try:
        return datetime.strptime(text, MOODLE)  # noqa: DTZ007 - the course's zone is put in later
    except ValueError:
        raise ValueError(
            f"{text!r} is no time as Moodle writes it, such as Friday, 1 November 2030, 11:59 PM"
        ) from None


def time_of(times: Mapping[str, datetime], names: Iterable[str]) -> datetime | None:
    """Return the time that a table gives for one of a student's ids and names."""
    return next((times[folded(name)] for name in names if folded(name) in times), None)


def nbgrader_time(folder: Path) -> datetime | None:
    """Return the newest time that nbgrader noted in a student's folder of `submitted/`, or None."""
    if folder.is_symlink() or not folder.is_dir():
        return None
    found = [*folder.glob("timestamp.txt"), *folder.glob("*/timestamp.txt")]
    return max(filter(None, map(noted_time, found)), default=None)


def noted_time(path: Path) -> datetime | None:
    """Return the time in one file, which students can write too; None for anything else."""
    try:
        if path.is_symlink() or path.parent.is_symlink() or path.stat().st_size > LONGEST:
            return None
        moment = read_moment(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
