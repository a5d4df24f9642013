"""What `verify` found before, kept by a digest of everything that it depends on.

Lies in the course's `.grader/verify/`, readable by its owner alone, since it tells what hidden tests look for. Only
what breaks no rule is kept: a timeout on a busy machine is found again, and so is what an author still mends.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

import grader
from grader.atomic import write_whole
from grader.catalogue.course import Course
from grader.catalogue.exercise import Exercise
from grader.catalogue.question import quiz_path
from grader.catalogue.shipped import state_folder
from grader.errors import UserError
from grader.grading.options import Assignment

FOLDER = "verify"
RUNS_ON = ("torch", "numpy", "hypothesis", "pytest", "cloudpickle")

Found = TypeVar("Found")


@dataclass(frozen=True)
class Kept(Generic[Found]):
    """What was found, and the digest of what it was found from."""

    digest: str
    found: Found


class Cache:
    """The files of earlier runs, one for each exercise and each quiz."""

    def __init__(self, root: Path, *, on: bool = True) -> None:
        self._folder = state_folder(root) / FOLDER
        self._on = on

    def recall(self, name: str, digest: str, kind: type[Found]) -> Found | None:
        """Return what was found from the same content, or None."""
        with suppress(OSError, ValidationError):
            if self._on:
                kept = adapter(kind).validate_json((self._folder / name).with_suffix(".json").read_bytes())
                return kept.found if kept.digest == digest else None
        return None

    def keep(self, name: str, digest: str, found: Any) -> None:
        """Keep what was found; a folder that can't be written to keeps nothing."""
        if not self._on:
            return
        content = adapter(type(found)).dump_json(Kept(digest, found))
        with suppress(OSError, UserError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            write_whole((self._folder / name).with_suffix(".json"), content)


def adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Return what writes and reads a kept finding of a kind."""
    return TypeAdapter(Kept[kind])  # type: ignore[valid-type]  # known when it runs


def exercise_digest(assignment: Assignment, exercise: Exercise) -> str:
    """Return the digest of all that an exercise's findings depend on."""
    root = exercise.root
    files = [*below(exercise.folder), *below(exercise.solution.parent), exercise.hidden_tests]
    files.append(root / "solutions" / "misconceptions.yaml")
    config = assignment.course.config
    settings = (exercise.points, config.limits, config.all_tolerances, assignment.options.isolation)
    return digest(root, files, [*map(repr, settings), assignment.options.secret.hex(), surroundings()])


def quiz_digest(course: Course, unit: str, draws: int) -> str:
    """Return the digest of all that the findings on a unit's quiz depend on."""
    root = course.root
    files = [quiz_path(root, unit, withheld=each) for each in (True, False)]
    files += [root / "solutions" / "misconceptions.yaml", root / "exercises" / "concepts.yaml"]
    settings = (draws, course.config.quiz, [each.slug for each in course.exercises])
    return digest(root, files, [*map(repr, settings), surroundings()])


def below(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and of those in it."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)


def digest(root: Path, files: Iterable[Path], settings: Iterable[str]) -> str:
    """Return the digest of files, by name and content, and of settings."""
    found = hashlib.sha256(os.fsencode(root))
    for path in files:
        content = path.read_bytes() if path.is_file() else b""
        found.update(hashlib.sha256(os.fsencode(path)).digest() + hashlib.sha256(content).digest())
    for setting in settings:
        found.update(hashlib.sha256(setting.encode()).digest())
    return found.hexdigest()


@cache
def surroundings() -> str:
    """Return the digest of the grader itself and of what it runs on."""
    package = Path(grader.__file__).parent
    return digest(package, below(package), [platform.python_version(), *map(version, RUNS_ON)])
