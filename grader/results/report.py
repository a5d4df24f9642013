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


class GridReport(Record):
    """What was returned beside what was expected, entry by entry."""

    part: str
    """Which part of the result it is, in words."""
    got: tuple[tuple[str, ...], ...]
    """The rows of numbers; a vector is one row."""
    expected: tuple[tuple[str, ...], ...]
    wrong: tuple[tuple[bool, ...], ...] = ()
    """Which entries are wrong; empty where the shapes differ."""


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
    grid: GridReport | None = None
    """The wrong result entry by entry, where a grid can show it."""


class StepReport(Record):
    """A line of the student's own source and what it did in the recorded call."""

    cell: int
    """The cell of a notebook, from 1; 0 for a file."""
    line: int
    code: str
    did: tuple[str, ...]


class NodeReport(Record):
    """A tensor in the drawing of a graph, or several that were folded."""

    name: str
    """What it is or what made it, such as `x` or `clone`."""
    note: str
    """Its shape and line."""
    kind: Literal["leaf", "recorded", "plain", "folded"]
    is_result: bool = False
    grad: tuple[str, ...] = ()
    """What happened to its `.grad`, in words, in order."""


class EdgeReport(Record):
    """An arrow in the drawing of a graph, between the nodes of two numbers."""

    start: int
    end: int
    kind: Literal["recorded", "plain", "cut", "backward"]
    """Whether the operation was recorded, was not, cut the graph, or is a way that a gradient took back."""


class PictureReport(Record):
    """The graph that the recorded call built."""

    call: str
    """The call that was recorded, and its arguments."""
    nodes: tuple[NodeReport, ...]
    edges: tuple[EdgeReport, ...]
    told: tuple[str, ...]
    """Each edge in words, for who can't see the drawing."""
    steps: tuple[StepReport, ...]


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
    """Why the exercise as a whole could not be judged, such as a missing file, or what every check met; else empty."""
    is_begun: bool = True
    """False where the function is still as the starter has it."""
    misconception: str | None = None
    """Id of the misconception that explains most of the failed checks, or None."""
    misconception_title: str = ""
    misconception_explanation: str = ""
    misconceptions: tuple[MisconceptionReport, ...] = ()
    """Every misconception that is named; the one that explains most comes first."""
    diagnosis: str = ""
    """One honest sentence on the diagnosis where no misconception is named."""
    observations: tuple[str, ...] = ()
    """What was seen of how the student's code used autograd, a sentence each; what went wrong first stands first."""
    relation: str = ""
    """What the wrong results have to do with the right ones, where no misconception explains them."""
    hint: str = ""
    """The hint to take next; empty where nothing is to be done."""
    simplest: str | None = None
    """Id of the check that is told whole, since it shows the trouble most simply; None where every check passed."""
    picture: PictureReport | None = None
    """What the student's lines did in the recorded call, or None."""
    checks: tuple[CheckReport, ...] = ()
    is_marked: bool = False
    """Whether a person decided on the points."""
    comment: str = ""
    """What that person says."""


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
    is_marked: bool = False
    """Whether a person decided on the points."""
    comment: str = ""
    """What that person says."""


class Deduction(Record):
    """The points that a unit loses because it came late."""

    unit: str
    points: float
    share: float
    """The share of the unit's points, 0 to 1."""


class Report(Record):
    """Everything one student gets back."""

    version: Literal[2] = REPORT_VERSION
    student: str
    student_id: str | None = None
    """The student's id in the class's roster, or None where there is no roster or the student is not on it."""
    section: str = ""
    """The student's section of the class, as the roster has it."""
    course: str
    language: Language
    isolation: str
    """The isolation that the student's code ran under."""
    feedback: str
    """The feedback level in force when the report was made."""
    score: float
    """What counts: the points of all exercises and quizzes without the deductions."""
    max_score: float
    deductions: tuple[Deduction, ...] = ()
    """What being late costs, by unit."""
    missing: bool = False
    """Whether the student is on the roster and handed in nothing."""
    gone: bool = False
    """Whether the work was no longer in the folder when the class was graded last."""
    handed_in: str | None = None
    """When the work came, with its zone, or None where that is not known."""
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
