"""The report of one student: facts put into words for one language, one feedback level and one moment.

Owns the record's shape, and how a file of version 1 is read. Knows nothing of how a verdict was reached, how words were
found for it, or how a report is shown.
All texts are in the report's own language. Points are plain numbers; `score` never exceeds `max_score`.
"""

from __future__ import annotations

import json
from typing import Final, Literal

from grader.results.record import Record
from grader.results.verdicts import AnswerVerdict, Part, Verdict

REPORT_VERSION: Final = 2

Language = Literal["en", "zh"]


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


class MisconceptionReport(Record):
    """A misconception that explains some of an exercise's failed checks."""

    id: str
    title: str
    explanation: str
    checks: tuple[str, ...]
    """Ids of the checks that it explains."""


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
    """Id of the misconception that explains most of the failed checks, or None."""
    misconception_title: str = ""
    misconception_explanation: str = ""
    misconceptions: tuple[MisconceptionReport, ...] = ()
    """Every misconception that is named; the one that explains most comes first."""
    diagnosis: str = ""
    """One honest sentence on the diagnosis where no misconception is named."""
    observations: tuple[str, ...] = ()
    """What was seen of how the student's code used autograd, a sentence each."""
    picture: str | None = None
    """A drawing of the same, or None."""
    checks: tuple[CheckReport, ...] = ()


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

    version: Literal[2] = REPORT_VERSION
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
    """Whether an internal verdict, or work that could not be read, waits for a person."""
    late: str | None = None
    """How late the work was handed in, in words, or None where that is not known or it was in time."""
    message: str = ""
    """Why the submission as a whole could not be read, or empty."""
    exercises: tuple[ExerciseReport, ...] = ()
    quizzes: tuple[QuizReport, ...] = ()


class ClassReport(Record):
    """All reports of one run, as `grades.json` holds them."""

    version: Literal[2] = REPORT_VERSION
    course: str
    students: tuple[Report, ...]


def decode_report(content: bytes) -> Report:
    """Return a report from its JSON, of this version or of version 1; ValueError for anything else."""
    data = json.loads(content)
    if isinstance(data, dict) and data.get("version") == 1:
        return from_version_1(Report.model_validate_json(json.dumps({**data, "version": REPORT_VERSION})))
    return Report.model_validate_json(content)


def from_version_1(report: Report) -> Report:
    """Return a report of version 1, which had one field for the one misconception, with the fields of this version."""
    return report.model_copy(update={"exercises": tuple(map(with_misconceptions, report.exercises))})


def with_misconceptions(exercise: ExerciseReport) -> ExerciseReport:
    """Return an exercise of version 1 with its misconception, which explained every failed check, in the list."""
    if exercise.misconception is None:
        return exercise
    named = MisconceptionReport(
        id=exercise.misconception,
        title=exercise.misconception_title,
        explanation=exercise.misconception_explanation,
        checks=tuple(check.id for check in exercise.checks if check.verdict is Verdict.FAILED),
    )
    return exercise.model_copy(update={"misconceptions": (named,)})
