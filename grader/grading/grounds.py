"""What the facts of each part of a course depend on beside the submission, as digests with a name for each ground.

Two submissions that answer a part by the same content on the same grounds get the same facts, so these are not judged
again; where they differ, the names say why.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import grader
from grader.catalogue.exercise import Exercise
from grader.grading.options import Assignment
from grader.results.parts import WHOLE, quiz_part
from grader.store.submission_data import encode_optional, encode_sheet, encode_source
from grader.submissions.submission import Submission
from grader.wording.message import encode_message

RUNS_ON = ("torch", "hypothesis")
"""What is asked of pip whose version may change a result; hypothesis draws the random cases."""
DIGITS = 32


def digest_of(*parts: Any) -> str:
    """Return a digest, in hex, of plain data."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


@dataclass(frozen=True)
class Grounds:
    """The grounds of each part of an assignment, by the part and by the ground's name."""

    parts: Mapping[str, Mapping[str, str]]
    wanted: str
    """What the reading of a submission depends on."""

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Return one digest for each part."""
        return {part: digest_of(grounds) for part, grounds in self.parts.items()}

    @cached_property
    def digest(self) -> str:
        """Return one digest of everything."""
        return digest_of(self.keys, self.wanted)


def grounds_of(assignment: Assignment) -> Grounds:
    """Return what an assignment's facts depend on."""
    course, options = assignment.course, assignment.options
    machine = {name: version(name) for name in RUNS_ON}
    shared = {
        "secret": digest_of(options.secret.hex()),
        "versions": digest_of(grader.__version__, platform.python_version(), machine),
    }
    judged = shared | {
        "limits": digest_of(vars(assignment.limits)),
        "tolerances": digest_of({name: each.model_dump() for name, each in assignment.tolerances.items()}),
        "isolation": digest_of(options.isolation.value),
        "imports": digest_of(course.config.importable),
        "misconceptions": digest_of(
            {name: [each.needs, each.excludes] for name, each in course.misconceptions.items()}
        ),
    }
    parts = {each.slug: judged | exercise_grounds(assignment, each) for each in assignment.exercises}
    parts |= {quiz_part(unit): shared | quiz_grounds(assignment, unit) for unit in assignment.quizzes}
    parts[WHOLE] = shared | {"quizzes": digest_of([quiz_grounds(assignment, unit) for unit in course.quiz_units])}
    return Grounds(parts, wanted_digest(assignment))


def exercise_grounds(assignment: Assignment, exercise: Exercise) -> dict[str, str]:
    """Return what the facts of one exercise depend on."""
    shown = assignment.course.shown.get(exercise.slug)
    hidden, solution = exercise.hidden_tests, exercise.solution.parent
    helpers = (path for path in sorted(hidden.parent.glob("*.py")) if not path.name.endswith("_hidden.py"))
    return {
        "hidden test": files_digest([hidden, *helpers], hidden.parent),
        "exercise": digest_of(exercise.sheet.model_dump(mode="json", exclude={"title", "hints", "concepts"})),
        "solution": files_digest([exercise.solution], solution),
        "wrong solutions": digest_of(
            files_digest([each.path for each in exercise.wrong_solutions], solution),
            {name: each.model_dump() for name, each in shown.wrong.items()} if shown else None,
        ),
    }


def quiz_grounds(assignment: Assignment, unit: str) -> dict[str, str]:
    """Return what the facts of one unit's quiz depend on."""
    course = assignment.course
    paths = [course.root / folder / unit / "quiz.yaml" for folder in ("exercises", "solutions")]
    points = [each.quiz.points for each in course.config.units if each.name == unit and each.quiz]
    return {
        "questions": files_digest(paths, course.root),
        "quiz policy": digest_of(course.config.quiz.model_dump(mode="json"), points),
    }


def files_digest(paths: Iterable[Path], root: Path) -> str:
    """Return a digest of files and of their places below a folder."""
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes() if path.is_file() else b"missing"
        for part in (path.relative_to(root).as_posix().encode(), content):
            whole.update(b"%d " % len(part) + part)
    return whole.hexdigest()[:DIGITS]


def wanted_digest(assignment: Assignment) -> str:
    """Return a digest of what the reading of a submission depends on."""
    wanted = assignment.wanted
    lists = [sorted(wanted.slugs), sorted(wanted.units), wanted.notebook_kib]
    entries = {slug: list(names) for slug, names in wanted.entry_points.items()}
    return digest_of(grader.__version__, entries, dict(wanted.starters), *lists)


def sources_of(submission: Submission, assignment: Assignment) -> dict[str, str]:
    """Return for each part a digest of what answers it in a submission."""
    return dict(sources_in(submission, assignment))


def sources_in(submission: Submission, assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Yield each part with a digest of what answers it."""
    problem = encode_optional(submission.problem)
    for exercise in assignment.exercises:
        if source := submission.files.get(exercise.slug):
            yield exercise.slug, digest_of(encode_source(source))
        else:
            yield exercise.slug, digest_of(problem, encode_optional(submission.problems.get(exercise.slug)))
    for unit in assignment.quizzes:
        yield quiz_part(unit), digest_of(encode_sheet(submission.sheet))
    yield (
        WHOLE,
        digest_of(problem, [encode_message(each) for each in submission.remarks], encode_sheet(submission.sheet)),
    )
