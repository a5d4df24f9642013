"""Which documented outputs the hidden tests and the quizzes cover, by id."""

from __future__ import annotations

from collections.abc import Iterable

from grader.results.report import ExerciseReport
from grader.verify.quizzes import Stressed


def covered_outputs(reports: Iterable[ExerciseReport], questions: Iterable[Stressed] = ()) -> tuple[str, ...]:
    """Return the ids of all documented outputs that some check or question compares with, sorted."""
    checked = {output for report in reports for check in report.checks for output in check.covers}
    return tuple(sorted(checked.union(*(each.covers for each in questions))))
