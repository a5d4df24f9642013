"""What the store tells of a class: its students, what they handed in, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from grader.results.arrival import Arrival
from grader.store.submission_data import decode_handed_in, encode_handed_in
from grader.submissions.handed_in import HandedIn


def now_text() -> str:
    """Return the moment as a store keeps it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Enrolled:
    """What a roster says of a student, as far as marks depend on it."""

    id: str | None = None
    section: str = ""
    extension: str = ""
    """As the roster has it."""
    is_missing: bool = False
    """Whether the student is on the roster and handed in nothing."""
    known_as: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {**vars(self), "known_as": list(self.known_as)}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Enrolled:
        """Return what was encoded."""
        return cls(**{**data, "known_as": tuple(data["known_as"])})


@dataclass(frozen=True)
class StudentRow:
    """A student of a class."""

    id: int
    name: str
    enrolled: Enrolled
    is_here: bool
    """Whether the last run over the whole folder found work of the student, or the roster names the student."""
    state: str
    """A digest of all that the marks depend on; empty where something is left to do."""


@dataclass(frozen=True)
class Current:
    """What of a student counts now."""

    facts: Mapping[str, str] = field(default_factory=dict)
    """The digest of the facts of each part."""
    counting: Mapping[str, int] = field(default_factory=dict)
    """The number of the submission that counts for each unit."""

    def data(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {"facts": dict(self.facts), "counting": dict(self.counting)}


@dataclass(frozen=True)
class HandIn:
    """One submission of a student, without its content."""

    id: int
    student_id: int
    digest: str
    fingerprint: str
    seen: int
    """The last run that found it."""
    sources: Mapping[str, str]
    """For each part of the course that was read, a digest of what answers it."""
    sheet_marks: tuple[str, ...] = ()
    """Whom the quiz sheets in it were made for."""
    handed_in: HandedIn | None = None
    arrival: Arrival | None = None
    seen_at: str = ""
    is_nothing: bool = False
    """Whether there is no work in it."""

    def details(self) -> dict[str, Any]:
        """Return what is kept in one column, as JSON can hold it."""
        return {
            "sources": dict(self.sources),
            "sheet_marks": list(self.sheet_marks),
            "handed_in": encode_handed_in(self.handed_in) if self.handed_in else None,
            "arrival": self.arrival.model_dump(mode="json") if self.arrival else None,
            "seen_at": self.seen_at,
            "is_nothing": self.is_nothing,
        }

    def with_details(self, data: Mapping[str, Any]) -> HandIn:
        """Return it with the details that were kept."""
        return replace(
            self,
            sources=data["sources"],
            sheet_marks=tuple(data["sheet_marks"]),
            handed_in=decode_handed_in(data["handed_in"]) if data["handed_in"] else None,
            arrival=Arrival.model_validate(data["arrival"]) if data["arrival"] else None,
            seen_at=data["seen_at"],
            is_nothing=data["is_nothing"],
        )


@dataclass(frozen=True)
class Mark:
    """What a person decided on a part of a student's work."""

    points: float
    max_points: float
    comment: str


@dataclass(frozen=True)
class FactsRow:
    """The stored facts of one part, as plain data."""

    part: str
    digest: str
    points: float
    content: Any
    instead: str | None = None


@dataclass(frozen=True)
class Known:
    """That there are facts, and what they came to."""

    is_final: bool
    """False for a failure of the grader itself, which is tried again."""
    points: float


@dataclass(frozen=True)
class LedgerRow:
    """One change of what counts."""

    student: str
    part: str
    run: int
    at: str
    kind: str
    """`graded`, `regraded`, `marked`, `unmarked`, `imported`, or `kept` for lower points that do not count."""
    digest: str
    points: float | None
    max_points: float | None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RunRow:
    """One run of a command over a class."""

    id: int
    command: str
    course: str
    began: str
    ended: str | None
