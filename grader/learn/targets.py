"""What is to be checked: exercises of the workspace by slug or path, and files that lie elsewhere.

Owns how a word on the command line is understood. Reads files; judges nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.catalogue.exercise import Exercise
from grader.errors import UserError
from grader.judge.wanted import wanted_of
from grader.learn.files import is_begun
from grader.learn.workspace import Workspace
from grader.submissions.downloads import Part
from grader.submissions.entries import Entry, lone_entry
from grader.submissions.intake import read_submission
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.names import is_public_test
from grader.submissions.place import OnDisk, content_at
from grader.submissions.refusal import RefusedError
from grader.submissions.source import defines_any
from grader.submissions.submission import Submission
from grader.submissions.tally import Tally


@dataclass(frozen=True)
class Target:
    """Something to check."""

    read: Callable[[], Submission]
    """Reads the files as they are now."""
    slugs: tuple[str, ...]
    """The exercises that are checked; none for those that the files answer."""
    exercise: Exercise | None = None
    """The exercise of the workspace that this is, or None for files elsewhere."""


def targets(space: Workspace, words: Sequence[str], here: Path, folder: Path | None) -> tuple[Target, ...]:
    """Return what is to be checked; nothing where no exercise was begun.

    UserError for a word that is neither a slug nor a path.
    """
    if folder is not None:
        return (elsewhere(space, folder, tuple(space.exercise(word).slug for word in words)),)
    if words:
        return tuple(target(space, word, here) for word in words)
    if around := space.exercise_at(here):
        return (own(space, around),)
    exercises = space.course.exercises
    return tuple(own(space, each) for each in exercises if not space.is_own or is_begun(space, each))


def target(space: Workspace, word: str, here: Path) -> Target:
    """Return what one word means: a slug, or else a path."""
    if space.is_exercise(word):
        return own(space, space.exercise(word))
    path = here / word
    if not os.path.lexists(path):
        raise space.unknown(word)
    exercise = space.exercise_at(path.absolute())
    if exercise is not None and (path.is_dir() or path.absolute() == space.file(exercise)):
        return own(space, exercise)
    return elsewhere(space, path, ())


def own(space: Workspace, exercise: Exercise) -> Target:
    """Return an exercise of the workspace."""
    return Target(lambda: read_one(space, exercise), (exercise.slug,), exercise)


def read_one(space: Workspace, exercise: Exercise) -> Submission:
    """Return the file of one exercise as a submission."""
    file = space.file(exercise)
    parts = [Part(OnDisk(each)) for each in (file, *importable(space, exercise))]
    return read_submission(Entry(space.root.name, file, parts=tuple(parts)), wanted_of(space.course, [exercise]))


def importable(space: Workspace, exercise: Exercise) -> list[Path]:
    """Return the learner's other files that an exercise's file may import: those beside it, and earlier exercises'."""
    file = space.file(exercise)
    earlier = [space.file(each) for each in space.course.exercises if each.slug in exercise.sheet.needs]
    found = [*sorted(file.parent.glob("*.py")), *earlier]
    return [each for each in found if each != file and is_module(each, exercise)]


def is_module(path: Path, exercise: Exercise) -> bool:
    """Say whether a file is no answer to the exercise, which its own file alone is, and none of its tests."""
    if is_public_test(path.name) or path.is_symlink() or not path.is_file():
        return False
    try:
        text = content_at(OnDisk(path), Tally(DEFAULT_LIMITS)).decode(errors="replace")
    except RefusedError:
        return False
    return not defines_any([text], exercise.sheet.entry_points)


def elsewhere(space: Workspace, path: Path, slugs: tuple[str, ...]) -> Target:
    """Return files that lie elsewhere, as one student's submission."""
    wanted = wanted_of(space.course, space.course.exercises)
    entry = lone_entry(path)
    submission = read_submission(entry, wanted)
    answered = slugs or tuple(slug for slug in wanted.entry_points if slug in submission.files)
    if not answered:
        problem = submission.problem or next(iter(submission.problems.values()))
        raise UserError(f"{path}: {problem.text(space.language)}")
    return Target(lambda: read_submission(entry, wanted), answered)
