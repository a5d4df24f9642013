"""When a submission was handed in. Kept beside its facts, which depend on its content alone."""

from __future__ import annotations

from pydantic import AwareDatetime

from grader.results.record import Record


class Arrival(Record):
    """When work was handed in, as far as that is known; nothing here was guessed."""

    at: AwareDatetime | None = None
    """When it came."""
    is_late: bool | None = None
    """Whether the course system calls it late; None where it does not say."""
    source: str
    """Where this is known from: `files`, `system`, `nbgrader` or `table`."""
