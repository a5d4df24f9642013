"""The checks of one exercise in the order a learner reads them: by part, failed ones first.

Owns this order alone; knows no format and no language.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.results.report import CheckReport, ExerciseReport
from grader.results.verdicts import Part, Verdict


@dataclass(frozen=True)
class Group:
    """The checks of one part of an exercise."""

    part: Part
    open: tuple[CheckReport, ...]
    """Every check that did not pass."""
    passed: tuple[CheckReport, ...]

    @property
    def points(self) -> float:
        """The points earned in this part."""
        return sum(check.points for check in self.open + self.passed)

    @property
    def max_points(self) -> float:
        """The points that this part can give."""
        return sum(check.max_points for check in self.open + self.passed)


def groups(exercise: ExerciseReport) -> tuple[Group, ...]:
    """Return the parts of `exercise` that hold a check, in the order of `Part`."""
    return tuple(group(part, exercise) for part in Part if any(check.part is part for check in exercise.checks))


def group(part: Part, exercise: ExerciseReport) -> Group:
    """Return the checks of `exercise` that belong to `part`."""
    checks = [check for check in exercise.checks if check.part is part]
    return Group(
        part,
        tuple(check for check in checks if check.verdict is not Verdict.PASSED),
        tuple(check for check in checks if check.verdict is Verdict.PASSED),
    )
