"""The marks of a class: a table of students and columns, whatever kept them and whatever they are written for.

Owns what a column is worth, and when a student has no mark in it: a mark that waits for a person is left open, never 0.
Points are exact decimals here; an export rounds them once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grader.config.course_config import CourseConfig, UnitEntry
from grader.exports.by import By
from grader.results.parts import quiz_part
from grader.results.report import ExerciseReport, QuizReport, Report
from grader.results.verdicts import AnswerVerdict, Verdict

OPEN = frozenset({Verdict.INTERNAL.value, Verdict.UNREAD.value})
"""The verdicts that wait for a person."""


@dataclass(frozen=True)
class Part:
    """An exercise or a quiz, as `slug` or `quiz_<unit>`, with its points in the course."""

    name: str
    points: Decimal


@dataclass(frozen=True)
class Column:
    """A column of marks."""

    name: str
    title: str
    unit: str | None
    """The unit that it belongs to, or None for the total."""
    parts: tuple[Part, ...]

    @property
    def max_points(self) -> Decimal:
        """What the column is worth in the course's own points."""
        return sum((part.points for part in self.parts), Decimal(0))


@dataclass(frozen=True)
class StudentMarks:
    """The marks of one student."""

    student: str
    student_id: str | None
    """The id that the class was graded under, or None without a roster."""
    marks: Mapping[str, Decimal | None]
    """By the column's name: points of the course's own scale; None for a mark that is open."""
    missing: bool = False
    """Whether the student handed in nothing."""
    needs_review: bool = False


@dataclass(frozen=True)
class Gradebook:
    """The marks of a class."""

    title: str
    columns: tuple[Column, ...]
    students: tuple[StudentMarks, ...]


def gradebook_of(
    reports: Iterable[Report], config: CourseConfig, units: Sequence[UnitEntry], by: By = By.UNIT
) -> Gradebook:
    """Return the marks that reports hold, as far as they belong to `units`."""
    reports = tuple(reports)
    graded = {name for report in reports for name in parts_of(report)}
    columns = tuple(column for column in columns_of(config, units, by, graded) if column.parts)
    students = tuple(student_marks(report, columns, units) for report in reports)
    return Gradebook(config.title.in_language(config.language), columns, students)


def columns_of(config: CourseConfig, units: Sequence[UnitEntry], by: By, graded: set[str]) -> Iterable[Column]:
    """Yield the columns, each with those of its parts that were graded."""
    language = config.language
    if by is By.TOTAL:
        title = config.title.in_language(language)
        yield Column("total", title, None, tuple(part for unit in units for part in worth(unit) if part.name in graded))
        return
    for unit in units:
        parts = tuple(part for part in worth(unit) if part.name in graded)
        if by is By.UNIT:
            yield Column(unit.name, unit.title.in_language(language), unit.name, parts)
        else:
            yield from (Column(part.name, part.name, unit.name, (part,)) for part in parts)


def worth(unit: UnitEntry) -> tuple[Part, ...]:
    """Return the exercises of a unit and its quiz, with their points."""
    exercises = [Part(entry.slug, decimal(entry.points)) for entry in unit.exercises]
    quiz = [Part(quiz_part(unit.name), decimal(unit.quiz.points))] if unit.quiz else []
    return (*exercises, *quiz)


def decimal(points: float) -> Decimal:
    """Return points as they are written, not as binary fractions have them."""
    return Decimal(str(points))


def parts_of(report: Report) -> dict[str, ExerciseReport | QuizReport]:
    """Return what a report holds marks of, by the parts' names."""
    exercises: dict[str, ExerciseReport | QuizReport] = {each.slug: each for each in report.exercises}
    return exercises | {quiz_part(each.unit): each for each in report.quizzes}


def student_marks(report: Report, columns: Sequence[Column], units: Sequence[UnitEntry]) -> StudentMarks:
    """Return one student's marks."""
    kept = kept_shares(report, units)
    held = parts_of(report)
    return StudentMarks(
        student=report.student,
        student_id=report.student_id,
        marks={column.name: column_mark(column, held, kept) for column in columns},
        missing=report.missing,
        needs_review=report.needs_review,
    )


def column_mark(
    column: Column, held: Mapping[str, ExerciseReport | QuizReport], kept: Mapping[str, Decimal]
) -> Decimal | None:
    """Return the points of one column, or None where a part of it is open."""
    found = [part_mark(part, held.get(part.name)) for part in column.parts]
    if any(points is None for points in found):
        return None
    pairs = zip(column.parts, found, strict=True)
    return sum((points * kept.get(part.name, Decimal(1)) for part, points in pairs if points is not None), Decimal(0))


def part_mark(part: Part, report: ExerciseReport | QuizReport | None) -> Decimal | None:
    """Return the points of an exercise or a quiz, on its full scale where a part of it left the reckoning."""
    if report is None or is_open(report) or not report.max_score > 0:
        return None
    return decimal(report.score) * part.points / decimal(report.max_score)


def is_open(report: ExerciseReport | QuizReport) -> bool:
    """Whether a person has to decide first."""
    if report.is_marked:
        return False
    if isinstance(report, ExerciseReport):
        return report.verdict.value in OPEN
    return any(answer.verdict is AnswerVerdict.INTERNAL for answer in report.answers)


def kept_shares(report: Report, units: Sequence[UnitEntry]) -> dict[str, Decimal]:
    """Return the share of its points that each part keeps after what being late costs its unit."""
    kept: dict[str, Decimal] = {}
    lost = {each.unit: decimal(each.share) for each in report.deductions}
    for unit in units:
        if unit.name in lost:
            kept |= dict.fromkeys((part.name for part in worth(unit)), 1 - lost[unit.name])
    return kept
