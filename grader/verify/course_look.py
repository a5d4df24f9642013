"""A course at a glance: what it holds, what is covered, what is stale, and whether a class can be graded with it.

Reads files only; runs nothing of the content, so it takes a second.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.catalogue.author_rules import broken_rules
from grader.catalogue.course import Course
from grader.catalogue.course_page import course_pages
from grader.catalogue.rules import Broken
from grader.catalogue.shown import shown_digest
from grader.errors import GraderError
from grader.grading.secret import VARIABLE, known_secret, secret_place
from grader.roster.read import read_roster
from grader.verify.documents import covered_outputs, owed_outputs
from grader.verify.documents_page import PAGE, is_fresh

ROSTER = "roster.csv"


@dataclass(frozen=True)
class UnitLook:
    """What one unit holds."""

    name: str
    exercises: int
    questions: int
    points: float
    """Of its exercises and its quiz."""


@dataclass(frozen=True)
class CourseLook:
    """What `grader doctor --course` tells."""

    title: str
    version: str
    place: str
    units: tuple[UnitLook, ...]
    misconceptions: int
    acted_out: int
    """How many misconceptions some wrong solution or wrong answer acts out."""
    outputs_covered: int
    outputs_owed: int
    broken: tuple[str, ...]
    """What breaks a rule that can be seen without running anything, by file and line."""
    stale: tuple[str, ...]
    """What was made from content that has changed since, with the command that makes it again."""
    secret: str
    """Where the secret comes from; empty for a course that has none yet."""
    roster: str
    """What the roster beside `config.yaml` holds, or why it can't be read; empty for none."""

    @property
    def is_well(self) -> bool:
        """Whether nothing is broken, stale or owed."""
        return not (self.broken or self.stale) and self.outputs_covered >= self.outputs_owed

    def as_data(self) -> dict[str, object]:
        """Return it as plain data."""
        return {**asdict(self), "well": self.is_well}


def look_at(course: Course) -> CourseLook:
    """Return what a course holds; ContentError for one whose quizzes break their form."""
    owed = owed_outputs(course)
    covered = covered_outputs(course)
    found = [problem for each in course.exercises for problem in broken_rules(course, each)]
    return CourseLook(
        title=course.config.title.in_language(course.config.language),
        version=course.version[:12],
        place=str(course.file),
        units=tuple(units_of(course)),
        misconceptions=len(course.misconceptions),
        acted_out=len(acted_out(course) & course.misconceptions.keys()),
        outputs_covered=sum(each in covered for each in owed),
        outputs_owed=len(owed),
        broken=tuple(told(each, course.root) for each in found),
        stale=tuple(stale_in(course)),
        secret=secret_of(course.root),
        roster=roster_of(course.root),
    )


def units_of(course: Course) -> Iterator[UnitLook]:
    """Yield what each unit holds."""
    quizzes: Mapping[str, tuple[object, ...]] = course.quizzes
    for unit in course.config.units:
        points = sum(each.points for each in unit.exercises) + (unit.quiz.points if unit.quiz else 0)
        yield UnitLook(unit.name, len(unit.exercises), len(quizzes.get(unit.name, ())), points)


def acted_out(course: Course) -> set[str]:
    """Return the misconceptions that a wrong solution or a question's wrong answer acts out."""
    solutions = {wrong.misconception for each in course.exercises for wrong in each.wrong_solutions}
    questions = [question for each in course.quizzes.values() for question in each]
    return solutions | {wrong.misconception for each in questions for wrong in each.answer.wrong}


def stale_in(course: Course) -> Iterator[str]:
    """Yield what was made from other content than there is now."""
    for exercise in course.exercises:
        shown = course.shown.get(exercise.slug)
        if all(path.is_file() for path in exercise.sources) and (
            shown is None or shown.digest != shown_digest(exercise)
        ):
            yield f"solutions/observations.yaml: {exercise.slug}; run grader verify {exercise.slug}"
    pages = course_pages(course) if (course.root / "docs").is_dir() else {}
    for name, text in pages.items():
        path = course.root / name
        if path.is_file() and path.read_text(encoding="utf-8") != text:
            yield f"{name}; run make docs"
    if is_fresh(course) is False:
        yield f"{PAGE}; run make docs"


def secret_of(root: Path) -> str:
    """Return where the course's secret comes from; empty for none."""
    if known_secret(root) is None:
        return ""
    return VARIABLE if os.environ.get(VARIABLE) else str(secret_place(root))


def roster_of(root: Path) -> str:
    """Return what the roster beside the course file holds; empty for none."""
    path = root / ROSTER
    if not path.is_file():
        return ""
    try:
        return f"{ROSTER}: {len(read_roster(path).members)} students"
    except GraderError as problem:
        return str(problem)


def told(problem: Broken, root: Path) -> str:
    """Return a broken rule with its place in the course."""
    path = problem.path.relative_to(root) if problem.path.is_relative_to(root) else problem.path
    return f"{path}{f':{problem.line}' if problem.line else ''}: {problem.problem}"
