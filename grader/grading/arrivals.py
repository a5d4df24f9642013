"""When each submission of a class came, by the source that an instructor chose; nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from grader.dates.times import nbgrader_time, read_times, time_of
from grader.moments import placed_early
from grader.results.arrival import Arrival
from grader.submissions.entries import Entry
from grader.submissions.handed_in import HandedIn


class Source(StrEnum):
    """Where times are known from."""

    SYSTEM = "system"
    """What the course system's download says."""
    FILES = "files"
    """The newest time of the files, which unpacking and copying may change."""
    NBGRADER = "nbgrader"
    """The `timestamp.txt` that nbgrader writes."""
    TABLE = "table"


@dataclass(frozen=True)
class Times:
    """Tells when submissions came."""

    source: Source = Source.SYSTEM
    zone: ZoneInfo | None = None
    """The zone of times that name none; where the course has none, such a time is not known."""
    table: Mapping[str, datetime] = field(default_factory=dict)

    def arrival(self, entry: Entry, told: HandedIn | None) -> Arrival | None:
        """Return when a submission came, or None where nobody knows."""
        match self.source:
            case Source.TABLE:
                at = time_of(self.table, (*entry.known_as, entry.student))
            case Source.NBGRADER:
                at = nbgrader_time(entry.path)
            case Source.FILES:
                at = told.file_time if told else None
            case _:
                at = told.at if told else None
        is_late = told.is_late if told and self.source is Source.SYSTEM else None
        at = self.placed(at)
        if at is None and is_late is None:
            return None
        return Arrival(at=at, is_late=is_late, source=self.source.value)

    def placed(self, at: datetime | None) -> datetime | None:
        """Return a time in the course's zone, or None for one that can't be placed."""
        if at is None or (at.tzinfo is None and self.zone is None):
            return None
        return (placed_early(at, self.zone) if self.zone else at).astimezone(self.zone or at.tzinfo)


def times_from(given: str, zone: ZoneInfo | None) -> Times:
    """Return what tells times, for `system`, `files`, `nbgrader` or the name of a table; UserError for a broken one."""
    if given in {Source.SYSTEM, Source.FILES, Source.NBGRADER}:
        return Times(Source(given), zone)
    return Times(Source.TABLE, zone, read_times(Path(given), zone))
