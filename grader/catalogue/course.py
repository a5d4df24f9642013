"""A course on disk: its course file, its exercises and its misconceptions, found from any folder inside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from grader.catalogue.concepts import load_concepts
from grader.catalogue.exercise import Exercise, load_exercise
from grader.catalogue.misconceptions import Misconception, load_misconceptions
from grader.catalogue.own_folder import OWN_FOLDER, course_behind
from grader.catalogue.shipped import shipped_course
from grader.catalogue.shown import ShownInCourse, load_shown
from grader.catalogue.version import content_digest, course_version
from grader.config.course_config import CourseConfig, Text, UnitEntry
from grader.errors import ContentError, UserError
from grader.wording.message import message
from grader.yamlfile import load_yaml

if TYPE_CHECKING:
    from grader.catalogue.question import Question

CONFIG = "config.yaml"
WITHHELD = ("solutions", "tests", ".grader", ".git")


@dataclass(frozen=True)
class Course:
    """A loaded course."""

    root: Path
    file: Path
    """The course file: `config.yaml`, or another file in the course's folder that is named instead."""
    config: CourseConfig
    exercises: tuple[Exercise, ...]

    @property
    def place(self) -> Path:
        """Return the path by which this course is found again: its folder, or a course file of another name."""
        return self.root if self.file == self.root / CONFIG else self.file

    @cached_property
    def version(self) -> str:
        """Return the digest of everything that grading and its words depend on."""
        return course_version(self.root, self.config)

    @cached_property
    def shown(self) -> ShownInCourse:
        """Return what the known-wrong solutions show when they are recorded."""
        return load_shown(self.root)

    @cached_property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """Return the misconceptions by id."""
        return load_misconceptions(self.root / "solutions" / "misconceptions.yaml")

    @cached_property
    def concepts(self) -> Mapping[str, Text]:
        """Return what quiz questions are about, by the English term."""
        return load_concepts(self.root / "exercises" / "concepts.yaml")

    @cached_property
    def quizzes(self) -> Mapping[str, tuple[Question, ...]]:
        """Return the questions of each unit that has a quiz, by the unit's name; ContentError for a broken one."""
        return load_quizzes(self.root, self.quiz_units)

    @property
    def withheld(self) -> tuple[Path, ...]:
        """Return the folders of the course that no student process may read."""
        return tuple(self.root / name for name in WITHHELD)

    @property
    def quiz_units(self) -> tuple[str, ...]:
        """Return the names of the units that have a quiz, in order."""
        return tuple(unit.name for unit in self.config.units if unit.quiz)

    def select_parts(self, names: Sequence[str]) -> tuple[tuple[Exercise, ...], tuple[str, ...]]:
        """Return the exercises and the units with a quiz that `names` choose: slugs, or units for all that is in them.

        No name chooses everything; UserError for an unknown name.
        """
        units = [unit.name for unit in self.config.units]
        self._check_known("exercise or unit", names, [*(exercise.slug for exercise in self.exercises), *units])
        chosen = [each for each in self.exercises if not names or each.slug in names or each.unit in names]
        return tuple(chosen), tuple(unit for unit in self.quiz_units if not names or unit in names)

    def select_units(self, names: Sequence[str]) -> tuple[UnitEntry, ...]:
        """Return the units of `names` in the course's order, or all for none; UserError for an unknown unit."""
        self._check_known("unit", names, [unit.name for unit in self.config.units])
        return tuple(unit for unit in self.config.units if not names or unit.name in names)

    def select_quizzes(self, units: Sequence[str]) -> tuple[str, ...]:
        """Return the units of `units` in the course's order, or all with a quiz for none; UserError for another."""
        self._check_known("quiz of a unit", units, self.quiz_units)
        return tuple(unit for unit in self.quiz_units if not units or unit in units)

    def _check_known(self, what: str, names: Sequence[str], known: Sequence[str]) -> None:
        for name in names:
            if name not in known:
                close = get_close_matches(name, known, n=1)
                advice = f"did you mean {close[0]}?" if close else f"the course has {', '.join(known) or 'none'}"
                raise UserError(f"there is no {what} {name!r} in {self.file}; {advice}")


def find_course(start: Path) -> Path:
    """Return the folder with `config.yaml` at or above `start`, or `start` itself where it is a course file.

    A learner's own folder leads to its course; where nothing does, the course that was installed with the grader is
    meant. UserError when there is none.
    """
    if start.is_file():
        return start
    if not start.is_dir():
        raise UserError.saying(message("learn.no_such_course", place=start))
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
        if (folder / OWN_FOLDER).is_file():
            return course_behind(folder)
    if (shipped := shipped_course()) is not None:
        return shipped
    raise UserError.saying(message("learn.no_course_above", file=CONFIG, place=start))


def course_file(place: Path) -> Path:
    """Return the course file of a course's folder, or `place` itself where it is a file."""
    return place if place.is_file() else place / CONFIG


def course_root(place: Path) -> Path:
    """Return the folder of a course, which a course file of another name shares with the `config.yaml` above it."""
    return find_course(place.parent) if place.is_file() else place


def course_digest(place: Path) -> str:
    """Return a digest of a course as it lies on disk now, by which a change of its content is told."""
    return content_digest(course_root(place), course_file(place))


def load_course(place: Path) -> Course:
    """Return the course of a folder or of a course file; ContentError for content that breaks its form."""
    root, file = course_root(place), course_file(place)
    config = load_yaml(file, CourseConfig)
    exercises = tuple(
        load_exercise(root, unit.name, entry.slug, entry.points) for unit in config.units for entry in unit.exercises
    )
    check_needs(file, exercises)
    return Course(root, file, config, exercises)


def load_quizzes(root: Path, units: Sequence[str]) -> Mapping[str, tuple[Question, ...]]:
    """Return the questions of each unit; ContentError for an id that stands in two of them."""
    from grader.catalogue.question import load_quiz  # noqa: PLC0415 - a while to import, and few commands need it

    quizzes = {unit: load_quiz(root, unit) for unit in units}
    seen: dict[str, str] = {}
    for unit, questions in quizzes.items():
        for question in questions:
            if question.id in seen:
                raise question.broken(f"the unit {seen[question.id]} has this id too; choose another", withheld=False)
            seen[question.id] = unit
    return quizzes


def check_needs(file: Path, exercises: Sequence[Exercise]) -> None:
    """Raise for an exercise that needs itself or a later one; one that the course leaves out is needed by nobody."""
    still_to_come = {exercise.slug for exercise in exercises}
    for exercise in exercises:
        for slug in exercise.sheet.needs:
            if slug in still_to_come:
                path = exercise.folder / "exercise.yaml"
                raise ContentError(f"needs {slug!r}, which is no earlier exercise of {file}", path=path)
        still_to_come.discard(exercise.slug)
