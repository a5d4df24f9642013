"""Which documented outputs the hidden tests and the quizzes cover, by id."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.results.facts import ExerciseFacts
from grader.verify.quizzes import Stressed

OUTPUT = re.compile(r"-o\d+$")


def covered_outputs(exercises: Iterable[ExerciseFacts], questions: Iterable[Stressed] = ()) -> tuple[str, ...]:
    """Return the ids of all documented outputs that some check or question compares with, sorted.

    A question may be held against a documented claim or erratum too, which is no output.
    """
    checked = {output for exercise in exercises for check in exercise.checks for output in check.covers}
    return tuple(sorted(each for each in checked.union(*(each.covers for each in questions)) if OUTPUT.search(each)))
