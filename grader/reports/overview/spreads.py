"""The marks of a class by exercise, quiz and unit, and line by line for its students.

Work that a person has yet to decide on counts neither way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from urllib.parse import quote

from grader.config.course_config import CourseConfig, UnitEntry
from grader.reports.overview.record import Held, Spread, StudentLine
from grader.reports.words import percent
from grader.results.parts import quiz_part
from grader.results.report import ExerciseReport, QuizReport, Report

Part = ExerciseReport | QuizReport
PAGE = "report.html"


@dataclass(frozen=True)
class Titles:
    """What the parts of a course are called in one language."""

    units: Mapping[str, str]
    quiz: str
    """The words for a unit's quiz."""

    def part(self, part: Part) -> str:
        """Return the title of a part."""
        return part.title if isinstance(part, ExerciseReport) else self.quiz.format(title=part.title)


def parts_of(report: Report) -> dict[str, Part]:
    """Return a student's exercises and quizzes by name."""
    found: dict[str, Part] = {each.slug: each for each in report.exercises}
    return found | {quiz_part(each.unit): each for each in report.quizzes}


def names_in(unit: UnitEntry) -> tuple[str, ...]:
    """Return the names of a unit's parts."""
    exercises = tuple(each.slug for each in unit.exercises)
    return (*exercises, quiz_part(unit.name)) if unit.quiz else exercises


def share_of(parts: Iterable[Part]) -> float | None:
    """Return the share of the points of some parts in percent, or None where none counts."""
    chosen = list(parts)
    return percent(sum(each.score for each in chosen), sum(each.max_score for each in chosen))


def spread(unit: str, part: str, title: str, shares: Sequence[float]) -> Spread:
    """Return how some shares are spread."""
    full = sum(each >= 100 for each in shares)  # noqa: PLR2004 - percent
    none = sum(each <= 0 for each in shares)
    return Spread(
        unit=unit,
        part=part,
        title=title,
        students=len(shares),
        mean=round(fmean(shares), 1),
        median=round(median(shares), 1),
        full=full,
        some=len(shares) - full - none,
        none=none,
    )


def part_spreads(reports: Sequence[Report], config: CourseConfig, titles: Titles) -> Iterator[Spread]:
    """Yield the marks of each exercise and quiz that anybody has marks of."""
    held = [parts_of(report) for report in reports]
    for unit in config.units:
        for name in names_in(unit):
            found = [each[name] for each in held if name in each]
            shares = [share for each in found if (share := share_of([each])) is not None]
            if shares:
                yield spread(unit.name, name, titles.part(found[0]), shares)


def unit_spreads(reports: Sequence[Report], config: CourseConfig, titles: Titles) -> Iterator[Spread]:
    """Yield the marks of each unit that anybody has marks of."""
    for unit in config.units:
        shares = [share for report in reports if (share := unit_share(report, unit)) is not None]
        if shares:
            yield spread(unit.name, "", titles.units[unit.name], shares)


def unit_share(report: Report, unit: UnitEntry) -> float | None:
    """Return a student's share of a unit's points, before what being late costs."""
    held = parts_of(report)
    return share_of(held[name] for name in names_in(unit) if name in held)


def line_of(report: Report, config: CourseConfig, *, is_anonymous: bool) -> StudentLine:
    """Return what one student came to."""
    shares = {unit.name: unit_share(report, unit) for unit in config.units}
    return StudentLine(
        student=report.student,
        link="" if is_anonymous else f"{quote(report.student, errors='replace')}/{PAGE}",
        score=report.score,
        max_score=report.max_score,
        percent=percent(report.score, report.max_score),
        units={unit: share for unit, share in shares.items() if share is not None},
    )


def held_by(reports: Sequence[Report]) -> tuple[Held, ...]:
    """Return the misconceptions of a class; the most frequent one comes first."""
    titles: dict[str, str] = {}
    students: dict[str, dict[str, None]] = {}
    parts: dict[str, dict[str, None]] = {}
    for report in reports:
        for name, title, part in shown_by(report):
            titles[name] = title
            students.setdefault(name, {})[report.student] = None
            parts.setdefault(name, {})[part] = None
    found = (
        Held(id=name, title=titles[name], students=tuple(students[name]), parts=tuple(parts[name])) for name in titles
    )
    return tuple(sorted(found, key=lambda each: (-len(each.students), each.id)))


def shown_by(report: Report) -> Iterator[tuple[str, str, str]]:
    """Yield the id and title of each misconception that a student shows, and the part that shows it."""
    for exercise in report.exercises:
        yield from ((each.id, each.title, exercise.slug) for each in exercise.misconceptions)
    for quiz in report.quizzes:
        for answer in quiz.answers:
            if answer.misconception:
                yield answer.misconception, answer.misconception_title, quiz_part(quiz.unit)
