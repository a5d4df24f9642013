"""Which documented outputs the hidden tests cover, by id."""

from __future__ import annotations

from collections.abc import Iterable

from grader.results.report import ExerciseReport


def covered_outputs(reports: Iterable[ExerciseReport]) -> tuple[str, ...]:
    """Return the ids of all documented outputs that some check compares with, sorted."""
    return tuple(sorted({output for report in reports for check in report.checks for output in check.covers}))
