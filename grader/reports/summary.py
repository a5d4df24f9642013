"""What the terminal shows of a whole class, gathered report by report.

Owns the counts and a bounded number of rows, so that ten thousand reports take no more
memory than two hundred. Knows nothing of how they are shown.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from grader.reports.overview.hands import of_student
from grader.reports.overview.record import Reason
from grader.reports.words import percent
from grader.results.report import Report
from grader.results.verdicts import Verdict

MOST_ROWS = 200


@dataclass(frozen=True)
class Mark:
    """What one exercise came to."""

    verdict: Verdict
    points: float


@dataclass(frozen=True)
class Row:
    """What one student came to."""

    student: str
    score: float
    max_score: float
    marks: dict[str, Mark]
    """By the exercise's slug."""
    quiz: float | None
    """The points of all quizzes together, or None where there is none."""
    misconceptions: tuple[str, ...]
    needs_review: bool
    reasons: tuple[Reason, ...] = ()
    """Why a person has to look at the work, or should know of it."""
    texts: int = 0
    """How many free-text answers nobody has marked."""


class ClassSummary:
    """The running sum of a class; keeps the first `most_rows` students by name and counts the rest."""

    waiting: list[tuple[str, str]]
    """Students whose work waits for a person, and why; of many, those that came first."""

    def __init__(self, reports: Iterable[Report] = (), *, most_rows: int = MOST_ROWS) -> None:
        """Begin with `reports`."""
        self.most_rows = most_rows
        self.rows: list[Row] = []
        self.students = 0
        self.reviews = 0
        self.texts = 0
        self.max_scores: Counter[float] = Counter()
        self.waiting = []
        self.shares = 0.0
        self.slugs: list[str] = []
        self.misconceptions: Counter[str] = Counter()
        """The number of students who hold each misconception, by its id."""
        self.titles: dict[str, str] = {}
        for report in reports:
            self.add(report)

    @property
    def usual_max(self) -> float:
        """The points that most students can have."""
        return self.max_scores.most_common(1)[0][0] if self.max_scores else 0.0

    @property
    def left_out(self) -> int:
        """The number of students that have no row."""
        return self.students - len(self.rows)

    @property
    def mean(self) -> float:
        """The mean share of the points in percent, 0 for nobody."""
        return self.shares / self.students if self.students else 0.0

    def add(self, report: Report) -> None:
        """Take in one more student."""
        self.students += 1
        self.reviews += report.needs_review
        self.max_scores[report.max_score] += 1
        if report.needs_review and len(self.waiting) < self.most_rows:
            self.waiting.append((report.student, why_it_waits(report)))
        self.shares += percent(report.score, report.max_score) or 0.0
        self.slugs += [exercise.slug for exercise in report.exercises if exercise.slug not in self.slugs]
        held = misconceptions(report) | quiz_misconceptions(report)
        self.misconceptions.update(held.keys())
        self.titles |= held
        new = row(report)
        self.texts += new.texts
        insort(self.rows, new, key=lambda each: each.student)
        del self.rows[self.most_rows :]

    @property
    def verdicts(self) -> set[Verdict]:
        """Return the verdicts that the rows show."""
        return {mark.verdict for each in self.rows for mark in each.marks.values()}


def why_it_waits(report: Report) -> str:
    """Return the first sentence on what of a student's work waits for a person."""
    waiting = (each for each in report.exercises if each.verdict in {Verdict.UNREAD, Verdict.INTERNAL})
    said = (f"{each.slug}: {each.message}" if each.message else each.slug for each in waiting)
    quizzes = (f"{each.unit}: {each.message}" for each in report.quizzes if each.message and not each.max_score)
    return report.message.partition("\n")[0] or next(said, "") or next(quizzes, "")


def row(report: Report) -> Row:
    """Return what the table keeps of `report`."""
    hands = list(of_student(report))
    return Row(
        report.student,
        report.score,
        report.max_score,
        {exercise.slug: Mark(exercise.verdict, exercise.score) for exercise in report.exercises},
        sum(quiz.score for quiz in report.quizzes) if report.quizzes else None,
        tuple(misconceptions(report)),
        report.needs_review,
        tuple(dict.fromkeys(each.reason for each in hands)),
        sum(each.reason is Reason.WAITING for each in hands),
    )


def misconceptions(report: Report) -> dict[str, str]:
    """Return the titles of the misconceptions that a student's exercises show, by id."""
    return {
        exercise.misconception: exercise.misconception_title for exercise in report.exercises if exercise.misconception
    }


def quiz_misconceptions(report: Report) -> dict[str, str]:
    """Return the titles of the misconceptions that a student's quiz answers show, by id."""
    answers = (answer for quiz in report.quizzes for answer in quiz.answers)
    return {answer.misconception: answer.misconception_title for answer in answers if answer.misconception}
