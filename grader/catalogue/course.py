"""A course on disk: its `config.yaml`, its exercises and its misconceptions, found from any folder inside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from grader.catalogue.exercise import Exercise, load_exercise
from grader.catalogue.misconceptions import Misconception, load_misconceptions
from grader.config.course_config import CourseConfig
from grader.errors import ContentError, UserError
from grader.yamlfile import load_yaml

CONFIG = "config.yaml"
WITHHELD = ("solutions", "tests", ".grader", ".git")


@dataclass(frozen=True)
class Course:
    """A loaded course."""

    root: Path
    config: CourseConfig
    exercises: tuple[Exercise, ...]

    @cached_property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """Return the misconceptions by id."""
        return load_misconceptions(self.root / "solutions" / "misconceptions.yaml")

    @property
    def withheld(self) -> tuple[Path, ...]:
        """Return the folders of the course that no student process may read."""
        return tuple(self.root / name for name in WITHHELD)

    def select(self, slugs: Sequence[str]) -> tuple[Exercise, ...]:
        """Return the exercises of `slugs` in the course's order, or all for none; UserError for an unknown slug."""
        known = [exercise.slug for exercise in self.exercises]
        for slug in slugs:
            if slug not in known:
                close = get_close_matches(slug, known, n=1)
                advice = f"did you mean {close[0]}?" if close else f"the course has {', '.join(known)}"
                raise UserError(f"there is no exercise {slug!r} in {self.root / CONFIG}; {advice}")
        return tuple(exercise for exercise in self.exercises if not slugs or exercise.slug in slugs)


def find_course(start: Path) -> Path:
    """Return the folder with `config.yaml` at or above `start`; UserError when there is none."""
    if not start.is_dir():
        raise UserError(f"there is no folder {start}; correct its name")
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise UserError(f"no {CONFIG} at or above {start}; go into the course's folder or name it with --course")


def load_course(root: Path) -> Course:
    """Return the course at `root`; ContentError for content that breaks its form."""
    config = load_yaml(root / CONFIG, CourseConfig)
    exercises = tuple(
        load_exercise(root, unit.name, entry.slug, entry.points) for unit in config.units for entry in unit.exercises
    )
    check_needs(root, exercises)
    return Course(root, config, exercises)


def check_needs(root: Path, exercises: Sequence[Exercise]) -> None:
    """Raise for an exercise that needs an unknown one, or one that comes later."""
    known: set[str] = set()
    for exercise in exercises:
        for slug in exercise.sheet.needs:
            if slug not in known:
                path = exercise.folder / "exercise.yaml"
                raise ContentError(f"needs {slug!r}, which is no earlier exercise of {root / CONFIG}", path=path)
        known.add(exercise.slug)
