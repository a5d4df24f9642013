"""What a learning platform, or the disk, tells about a submission beside its content: whose it is and when it came.

Owns the record. It is never part of the content's digest, and nothing in it is guessed: what is not told is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Layout(StrEnum):
    """How a folder or zip names the submissions in it."""

    CLASS = "class"
    """A file, folder or archive for each student, named by the student."""
    ONE = "one"
    """One student's work."""
    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"


@dataclass(frozen=True)
class HandedIn:
    """Whose a submission is and when it came, as far as that is told."""

    name: str
    """The student's name as it stands there, such as `chenmei` (Canvas) or `Mei Chen` (Moodle)."""
    layout: Layout = Layout.CLASS
    id: str | None = None
    """The platform's id of the student: Canvas's user id, Moodle's participant number, Gradescope's SID."""
    email: str | None = None
    submission: str | None = None
    """The platform's id of the submission."""
    is_late: bool | None = None
    """The platform's own late mark; None where it marks nothing."""
    at: datetime | None = None
    """When the platform received it. Without a zone it is in the platform's own time."""
    file_time: datetime | None = None
    """The newest time of the files that were read: of an archive its own. In UTC, or without a zone out of a zip."""
