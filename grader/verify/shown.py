"""What the wrong solutions of verified exercises show when they are recorded, kept for every judge of the course."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from grader.atomic import write_whole
from grader.catalogue.course import Course
from grader.catalogue.shown import PLACE, Shown, ShownByExercise, encode_shown, shown_digest
from grader.diagnosis.witness import NONE, VALUE
from grader.errors import UserError
from grader.results.facts import ExerciseFacts
from grader.verify.matrix import Matrix, Row


def keep_shown(course: Course, matrices: Iterable[Matrix]) -> None:
    """Write what the wrong solutions show beside what is known of the course's other exercises.

    A folder that can't be written to keeps what it has; a test of the course tells that it is old.
    """
    slugs = {each.slug for each in course.exercises}
    known = {slug: each for slug, each in course.shown.items() if slug in slugs}
    found = known | {each.exercise.slug: shown_by(each) for each in matrices}
    path, content = course.root / PLACE, encode_shown(found)
    with suppress(OSError, UserError):
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)


def shown_by(matrix: Matrix) -> ShownByExercise:
    """Return what the wrong solutions of an exercise show, of those that could be recorded."""
    rows = [row for row in matrix.rows if row.expected is not None and row.facts.recording is not None]
    return ShownByExercise(digest=shown_digest(matrix.exercise), wrong={row.name: shown_in(row) for row in rows})


def shown_in(row: Row) -> Shown:
    """Return what one wrong solution shows."""
    return Shown(ended=ended(row.facts), observations=tuple(each.name for each in row.facts.observations))


def ended(facts: ExerciseFacts) -> str:
    """Return how the recorded call ended: `value`, `returned_none`, or the reason of an exception."""
    assert facts.recording is not None
    recording = facts.recording.recording
    if recording.ended is not None:
        return recording.ended.reason
    return NONE if recording.returned == "none" else VALUE
