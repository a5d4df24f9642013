"""The report of one student.

Owns the record's shape and its arithmetic. Knows nothing of how a verdict was reached or how a report is shown.
All texts are in the report's own language. Points are plain numbers; `score` never exceeds `max_score`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

REPORT_VERSION: Final = 1

Language = Literal["en", "zh"]


class Verdict(StrEnum):
    """What became of one check, or of one exercise as a whole."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    FORBIDDEN = "forbidden"
    SKIPPED = "skipped"
    INTERNAL = "internal"


class Part(StrEnum):
    """The part of an exercise that a check belongs to."""

    DOCUMENTED = "documented"
    PROBES = "probes"
    EDGES = "edges"


class Record(BaseModel):
    """A frozen record that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True)


class CheckReport(Record):
    """One hidden check: what it asked, what it gave, and what the student should know of it."""

    id: str
    title: str
    part: Part
    points: float
    max_points: float
    verdict: Verdict
    message: str = ""
    limit: str | None = None
    """The limit that was hit (`cpu`, `wall`, `memory`, `output`, `message`, `processes`), or None."""
    remarks: tuple[str, ...] = ()
    """What is worth knowing though it costs nothing, such as an unexpected dtype."""
    covers: tuple[str, ...] = ()
    """Ids of the documented outputs that this check compares with."""


class ExerciseReport(Record):
    """One exercise of one student."""

    slug: str
    title: str
    score: float
    max_score: float
    verdict: Verdict
    message: str = ""
    """Why the exercise as a whole could not be judged, such as a missing file; else empty."""
    misconception: str | None = None
    """Id of the misconception that alone explains every failed check, or None."""
    misconception_title: str = ""
    misconception_explanation: str = ""
    diagnosis: str = ""
    """One honest sentence on the diagnosis where no single misconception explains the results."""
    checks: tuple[CheckReport, ...] = ()


class AnswerVerdict(StrEnum):
    """What became of one answer to a quiz question."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNANSWERED = "unanswered"
    UNREADABLE = "unreadable"
    WAITING = "waiting"
    """Free text, which a human marks."""
    INTERNAL = "internal"


class AnswerReport(Record):
    """One quiz question, as this student was asked it, and what the student answered."""

    id: str
    kind: str
    concepts: tuple[str, ...]
    seed: str
    """What this student's variant of the question replays from."""
    attempt: int
    """The attempt that counts, from 1."""
    text: str
    code: str
    options: tuple[str, ...] = ()
    """What could be chosen or matched, each with its letter or number."""
    points: float
    max_points: float
    verdict: AnswerVerdict
    message: str = ""
    """Why the answer could not be read or does not count, or empty."""
    given: str = ""
    """The answer as it was understood, or empty."""
    key: str = ""
    """What is right; empty where the feedback level withholds it."""
    explanation: str = ""
    """Why it is right; empty where the feedback level withholds it."""
    misconception: str | None = None
    """Id of the misconception that gives this very answer, or None."""
    misconception_title: str = ""
    misconception_explanation: str = ""


class QuizReport(Record):
    """One unit's quiz of one student."""

    unit: str
    title: str
    score: float
    max_score: float
    message: str = ""
    """What concerns the quiz as a whole, such as that no answers were handed in; else empty."""
    answers: tuple[AnswerReport, ...] = ()


class Report(Record):
    """Everything one student gets back."""

    version: Literal[1] = REPORT_VERSION
    student: str
    course: str
    language: Language
    isolation: str
    """The isolation that the student's code ran under."""
    feedback: str
    """The feedback level in force when the report was made."""
    score: float
    max_score: float
    needs_review: bool = False
    """Whether an internal verdict waits for a human."""
    message: str = ""
    """Why the submission as a whole could not be read, or empty."""
    exercises: tuple[ExerciseReport, ...] = ()
    quizzes: tuple[QuizReport, ...] = ()


class ClassReport(Record):
    """All reports of one run, as `grades.json` holds them."""

    version: Literal[1] = REPORT_VERSION
    course: str
    students: tuple[Report, ...]


GRAVITY = (
    Verdict.INTERNAL,
    Verdict.FORBIDDEN,
    Verdict.CRASHED,
    Verdict.MEMORY,
    Verdict.TIMEOUT,
    Verdict.ERROR,
    Verdict.FAILED,
    Verdict.SKIPPED,
    Verdict.PASSED,
)


def gravest(verdicts: tuple[Verdict, ...]) -> Verdict:
    """Return the verdict that sums up several: the gravest one, or `skipped` for none."""
    return min(verdicts, key=GRAVITY.index, default=Verdict.SKIPPED)
