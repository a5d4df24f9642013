"""A class as its roster has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Member:
    """One student of a class."""

    id: str
    """What joins marks with the course system: Canvas' ID, Moodle's ID number, Gradescope's SID, …"""
    name: str
    """As one would say it: given name first where the roster tells."""
    email: str = ""
    section: str = ""
    extension: str = ""
    """A later due date or a number of days, as the roster has it; empty for none."""
    others: tuple[str, ...] = ()
    """Further ids: logins, ids of other systems, the name that work is handed in under."""
    line: int = 0
    """The line of the roster."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """The whole row as the roster has it, by its headings."""


@dataclass(frozen=True)
class Roster:
    """The students of a class."""

    path: Path
    form: str
    """Whose form the file has: `canvas`, `moodle`, `gradescope`, `nbgrader` or `own`."""
    header: tuple[str, ...]
    members: tuple[Member, ...]

    def by_id(self) -> dict[str, Member]:
        """Return the students by their ids."""
        return {member.id: member for member in self.members}
