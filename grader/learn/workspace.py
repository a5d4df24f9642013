"""Where somebody works: a folder of the learner's own, or the course in place.

Owns the way from a slug or a path to an exercise and its file. Knows nothing of judges, progress or screens.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from grader.catalogue.course import CONFIG, Course, find_course, load_course
from grader.catalogue.exercise import Exercise
from grader.catalogue.introduction import GRAPH, unit_folder
from grader.catalogue.own_folder import own_folder_above, read_own_folder
from grader.catalogue.shipped import is_shipped, shipped_course
from grader.errors import UserError
from grader.results.report import Language
from grader.wording.message import message

STATE = ".learn"
"""The folder of progress, copies and locks in a learner's own folder."""
ANSWERS = "answers.yaml"


@dataclass(frozen=True)
class Workspace:
    """A course, and the folder in which its exercises are worked on."""

    course: Course
    root: Path
    """Holds `<unit>/<slug>/<slug>.py`."""
    language: Language
    is_own: bool
    """Whether the folder is a learner's own, and not the course itself."""

    @property
    def state(self) -> Path:
        """Return the folder of progress and copies; only a learner's own folder has one."""
        return self.root / STATE

    @property
    def is_shipped(self) -> bool:
        """Whether it is the course that was installed with the grader, where nobody works."""
        return not self.is_own and is_shipped(self.course.root)

    def file(self, exercise: Exercise) -> Path:
        """Return the file in which an exercise is solved here."""
        return self.root / exercise.unit / exercise.slug / f"{exercise.slug}.py"

    def graph(self, unit: str) -> Path:
        """Return the drawing of a unit's introduction: the one in this folder, where `grader start` put it."""
        here = self.root / unit / GRAPH
        return here if here.is_file() else unit_folder(self.course, unit) / GRAPH

    def shown(self, path: Path) -> str:
        """Return a path as it is told: from this folder on, where it lies in it."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)

    def told(self, path: Path) -> str:
        """Return a path of this folder as it is told to somebody who may be in a folder below it."""
        return os.path.relpath(path) if Path.cwd().is_relative_to(self.root) else str(path)

    def exercise(self, slug: str) -> Exercise:
        """Return the exercise of this slug; UserError for none, with the one that was probably meant."""
        if (found := self._known(slug)) is None:
            raise self.unknown(slug)
        return found

    def unknown(self, word: str) -> UserError:
        """Return the error for a word that is no exercise, nor a path where one may be given."""
        slugs = [each.slug for each in self.course.exercises]
        if close := get_close_matches(word, slugs, n=1):
            return self.refusal("no_exercise_but", slug=word, close=close[0])
        return self.refusal("no_exercise", slug=word)

    def is_exercise(self, slug: str) -> bool:
        """Whether the course has an exercise of this slug."""
        return self._known(slug) is not None

    def unknown_quiz(self, unit: str) -> UserError:
        """Return the error for a word that is no unit with a quiz."""
        if close := get_close_matches(unit, self.course.quiz_units, n=1):
            return self.refusal("no_quiz_but", unit=unit, close=close[0])
        return self.refusal("no_quiz_of", unit=unit)

    def exercise_at(self, path: Path) -> Exercise | None:
        """Return the exercise in whose folder a path lies, or None."""
        if not path.is_relative_to(self.root):
            return None
        parts = path.relative_to(self.root).parts
        return self._known(parts[1]) if len(parts) > 1 else None

    def say(self, key: str, /, **params: Any) -> str:
        """Return the words `learn.<key>` in this workspace's language."""
        return message(f"learn.{key}", **params).text(self.language)

    def refusal(self, key: str, /, **params: Any) -> UserError:
        """Return the error `learn.<key>`."""
        return UserError(self.say(key, **params))

    def _known(self, slug: str) -> Exercise | None:
        return next((each for each in self.course.exercises if each.slug == slug), None)


def open_workspace(here: Path, *, course: Path | None = None, language: Language | None = None) -> Workspace:
    """Return the workspace at or above `here`; a `course` that is named is used instead of the folder's own.

    UserError where there is neither a course nor a folder of a learner's own.
    """
    if course is None and not is_anywhere(here) and shipped_course() is None:
        raise UserError(message("learn.no_folder").text(language or language_of_the_system()))
    own = own_folder_above(here)
    if own is not None and any((each / CONFIG).is_file() for each in (here, *here.parents) if each.is_relative_to(own)):
        own = None  # a course that lies in a learner's folder is nearer
    loaded = load_course(find_course(course.absolute() if course else here))
    if own is None:
        return Workspace(loaded, loaded.root / "exercises", language or default_language(loaded), is_own=False)
    chosen = language or read_own_folder(own).language or default_language(loaded)
    return Workspace(loaded, own, chosen, is_own=True)


def is_anywhere(here: Path) -> bool:
    """Whether there is a course or a learner's own folder at or above `here`."""
    return own_folder_above(here) is not None or any((each / CONFIG).is_file() for each in (here, *here.parents))


def language_of_the_system() -> Language:
    """Return the language that the system speaks with its user, as far as a course knows it."""
    settings = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, settings), "").startswith("zh") else "en"


def default_language(course: Course) -> Language:
    """Return the language of a course."""
    return "zh" if course.config.language == "zh" else "en"
