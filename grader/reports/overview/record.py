"""The class as figures, as `grader report --json` prints them and as its page shows them.

Owns the record's shape alone. Shares and correlations are plain numbers; None stands where there are too few to tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal

from grader.results.record import Record
from grader.results.report import Language

OVERVIEW_VERSION: Final = 1


class Reason(StrEnum):
    """Why a student's work needs a person."""

    INTERNAL = "internal"
    UNREAD = "unread"
    AMBIGUOUS = "ambiguous"
    """The submission could be that of several students of the roster."""
    UNMATCHED = "unmatched"
    """The submission is nobody's of the roster."""
    WAITING = "waiting"
    """Free text that nobody has marked."""
    LATE = "late"
    MISSING = "missing"
    GONE = "gone"


class HandNeeded(Record):
    """One piece of work that needs a person."""

    student: str
    reason: Reason
    part: str = ""
    """An exercise's slug or `quiz_<unit>`; empty for the submission as a whole."""
    question: str = ""
    """The id of the question that was answered in free text."""
    detail: str = ""
    """What is known of it: why it could not be read, how late it came, or the answer itself."""


class StudentLine(Record):
    """What one student came to."""

    student: str
    link: str = ""
    """Where the student's own page is, seen from the page of the class; empty where it is not to be known."""
    score: float
    max_score: float
    percent: float | None
    units: Mapping[str, float]
    """The share of each unit's points in percent, before what being late costs."""


class Spread(Record):
    """The marks of one exercise, quiz or unit."""

    unit: str
    part: str
    """Empty for the unit as a whole."""
    title: str
    students: int
    """How many have marks that count."""
    mean: float
    """In percent of the points, as the median is."""
    median: float
    full: int
    """How many have all points, some of them, and none."""
    some: int
    none: int


class Held(Record):
    """A misconception and who holds it."""

    id: str
    title: str
    students: tuple[str, ...]
    parts: tuple[str, ...]


class ItemFigures(Record):
    """A check or a question that can be marked."""

    part: str
    item: str
    title: str
    students: int
    failed: int
    """How many did not get all points."""
    rate: float
    """The same in percent."""
    item_rest: float | None
    """The corrected item-rest correlation."""


class Chosen(Record):
    """One answer to a question, and who gave it."""

    answer: str
    is_right: bool
    students: int
    percent: float
    rest: float | None
    """The mean share of all other points, in percent, of those who gave this answer."""
    misconception: str = ""


class QuestionFigures(Record):
    """How a class answered a question."""

    unit: str
    question: str
    text: str
    students: int
    answers: tuple[Chosen, ...]


class Reliability(Record):
    """How well the checks and questions agree on who did well."""

    method: Literal["Cronbach's alpha", "KR-20"]
    value: float
    students: int
    items: int


class RunPoint(Record):
    """How a class stood after one run."""

    run: int
    at: str
    command: str
    students: int
    mean: float
    """In percent of the points."""
    changed: int
    """How many marks of exercises and quizzes the run changed."""


class ClassOverview(Record):
    """The whole class."""

    version: Literal[1] = OVERVIEW_VERSION
    course: str
    class_name: str
    language: Language
    made: str
    """When, with its zone."""
    is_anonymous: bool
    students: tuple[StudentLine, ...]
    hands: tuple[HandNeeded, ...]
    units: tuple[Spread, ...]
    parts: tuple[Spread, ...]
    misconceptions: tuple[Held, ...]
    items: tuple[ItemFigures, ...]
    questions: tuple[QuestionFigures, ...]
    reliability: Reliability | None
    trend: tuple[RunPoint, ...]
