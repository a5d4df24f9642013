"""What in a folder belongs to a student, to the instructor, or to an earlier run of the grader.

Owns the signs by which a class's folder is told from one student's. Reads no more of a student's file than that takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.names import (
    ARCHIVES,
    INSTRUCTORS,
    KEPT_VERSIONS,
    SOURCES,
    is_answer_sheet,
    is_environment,
    is_public_test,
    original_stem,
    stem_of,
    suffix_of,
)
from grader.submissions.place import OnDisk, Place, content_at
from grader.submissions.refusal import RefusedError
from grader.submissions.source import defines_any
from grader.submissions.tally import Tally
from grader.submissions.wanted import Wanted

DEEPEST = 3
MARKS_OF_A_RUN = frozenset({"grades.csv", "grades.json"})


@dataclass(frozen=True)
class Inside:
    """What lies in a folder: what may be somebody's work, and the names of what is nobody's."""

    places: tuple[Place, ...]
    strays: tuple[str, ...] = ()


def sorted_out(places: Iterable[Place], out: Path | None) -> Inside:
    """Return what lies in a folder without the feedback of this or an earlier run."""
    found = list(places)
    feedback = [each for each in found if each.is_folder and is_feedback(each, out)]
    return Inside(tuple(each for each in found if each not in feedback), tuple(each.name for each in feedback))


def is_feedback(place: Place, out: Path | None) -> bool:
    """Say whether a folder is where feedback goes, or where an earlier run has put some."""
    if isinstance(place, OnDisk) and out is not None and place.path.resolve() == out.resolve():
        return True
    return {each.name for each in place.inside()} >= MARKS_OF_A_RUN


def is_own(place: Place, wanted: Wanted) -> bool:
    """Say whether a place is named as what students work in: an exercise, a unit, or their answers to quizzes."""
    if place.is_folder:
        return place.name in wanted.folders
    return is_answer_sheet(place.name) or (bool(suffix_of(place.name, SOURCES)) and is_named_as_work(place, wanted))


def is_named_as_work(place: Place, wanted: Wanted) -> bool:
    """Say whether a file is named as an exercise or a unit, or as a copy of such a file."""
    return stem_of(place.name) in wanted.folders or original_stem(place.name) in wanted.names


def is_stray(place: Place, wanted: Wanted) -> bool:
    """Say whether something in a class's folder is no student's."""
    if is_own(place, wanted) or is_environment(place.name):
        return True
    if place.is_folder:
        return False
    return is_public_test(place.name) or place.name == "conftest.py" or bool(suffix_of(place.name, INSTRUCTORS))


def holds_one_students_work(inside: Inside, wanted: Wanted) -> bool:
    """Say whether a folder is one student's work and not a class's.

    It is where an exercise, a unit or answers lie directly in it; unless students lie beside them: a folder with work
    in it, or several archives and files that answer an exercise by another name. What is a stray file in a class's
    folder never turns the class into one student.
    """
    if not any(is_own(each, wanted) for each in inside.places):
        return False
    others = [each for each in inside.places if not is_stray(each, wanted)]
    if any(is_students_folder(each, wanted) for each in others):
        return False
    return sum(is_students_file(each, wanted) for each in others) < 2  # noqa: PLR2004 - one may be a copy or a draft


def is_students_folder(place: Place, wanted: Wanted) -> bool:
    """Say whether a folder seems to be a student's: it holds work, and is not named as one keeps older versions."""
    return place.is_folder and not KEPT_VERSIONS.fullmatch(place.name) and holds_work(place.inside(), wanted)


def holds_work(places: Sequence[Place], wanted: Wanted, depth: int = 1) -> bool:
    """Say whether an exercise, a unit or answers lie among these places or a little below them."""
    if any(is_own(each, wanted) for each in places):
        return True
    return depth < DEEPEST and any(
        each.is_folder and not is_environment(each.name) and holds_work(each.inside(), wanted, depth + 1)
        for each in places
    )


def is_students_file(place: Place, wanted: Wanted) -> bool:
    """Say whether a file seems to be a student's whole submission: an archive, a notebook, or a file with an answer."""
    if place.is_folder:
        return False
    if suffix_of(place.name, (*ARCHIVES, ".ipynb")):
        return True
    return bool(suffix_of(place.name, (".py",))) and answers_something(place, wanted)


def answers_something(place: Place, wanted: Wanted) -> bool:
    """Say whether a Python file defines an entry point of some exercise."""
    names = [name for points in wanted.entry_points.values() for name in points]
    try:
        text = content_at(place, Tally(DEFAULT_LIMITS)).decode(errors="replace")
    except RefusedError:
        return False
    return defines_any([text], names)
