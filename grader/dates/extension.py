"""Extensions: a later due date for one student, as a roster has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from grader.moments import FORM, days_later, is_after, placed, read_moment
from grader.roster.member import Member, Roster
from grader.spreadsheet import fault

DAYS = re.compile(r"(?i:\+?(\d{1,3})\s*(?:d|days?|天)?)")


@dataclass(frozen=True)
class Extension:
    """A due date of a student's own, or days more for each."""

    until: datetime | None = None
    days: int = 0

    def of(self, due: datetime) -> datetime:
        """Return when work that is due for all is due for this student; never earlier."""
        if self.until:
            return self.until if is_after(self.until, due) else due
        return days_later(due, self.days)


def read_extension(text: str, zone: ZoneInfo) -> Extension:
    """Return what an extension says; ValueError for neither a date nor a number of days."""
    if found := DAYS.fullmatch(text.strip()):
        return Extension(days=int(found[1]))
    try:
        return Extension(until=placed(read_moment(text), zone))
    except ValueError as problem:
        if "no date" not in str(problem):
            raise
        raise ValueError(f"{text!r} is no extension; write a number of days, or a date such as {FORM}") from None


def extensions_of(roster: Roster, zone: ZoneInfo) -> dict[str, Extension]:
    """Return the extensions of a roster by the students' ids; UserError names the line to mend."""
    found = {}
    for member in roster.members:
        if member.extension:
            found[member.id] = extension_of(roster, member, zone)
    return found


def extension_of(roster: Roster, member: Member, zone: ZoneInfo) -> Extension:
    """Return one student's extension."""
    try:
        return read_extension(member.extension, zone)
    except ValueError as problem:
        raise fault(roster.path, member.line, str(problem)) from None
