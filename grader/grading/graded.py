"""What grading a submission gives: its facts, with what is kept beside them, also where the judge failed on it.

Imports no torch, so that the coordinator of a class stays small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.grading.options import Assignment
from grader.results.facts import ExerciseFacts, SubmissionFacts
from grader.results.verdicts import Verdict
from grader.wording.message import message

Cells = tuple[tuple[dict[str, Any], ...], ...]
"""The outputs of each code cell."""


@dataclass(frozen=True)
class Graded:
    """The facts of one submission, and for the instructor alone the tracebacks of what failed inside the grader.

    `cells` holds, for each notebook by its name, what its code cells put out, in order, as a notebook file holds it. A
    notebook that answers several exercises is run for each of them: its outputs are those of the first that could be.
    """

    facts: SubmissionFacts
    traces: tuple[str, ...] = ()
    cells: Mapping[str, Cells] = field(default_factory=dict)


def failed_facts(student: str, assignment: Assignment) -> SubmissionFacts:
    """Return the facts of a submission on which the judge itself failed: nothing counts, a human looks at it."""
    words = message("judge.internal")
    exercises = tuple(
        ExerciseFacts(slug=exercise.slug, verdict=Verdict.INTERNAL, problem=words) for exercise in assignment.exercises
    )
    return SubmissionFacts(
        student=student,
        course=assignment.course.version,
        isolation=assignment.options.isolation.value,
        problem=words,
        failed=True,
        exercises=exercises,
    )
