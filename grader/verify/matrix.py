"""The matrix of an exercise: its solution, its starter and every wrong solution, graded against every check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.catalogue.exercise import Exercise
from grader.catalogue.rules import Broken
from grader.grading.judge import Judge
from grader.results.facts import ExerciseFacts
from grader.results.verdicts import Part, Verdict
from grader.submissions.submission import SourceFile
from grader.yamlfile import read_text

SHARES = {Part.DOCUMENTED: 0.25, Part.PROBES: 0.5, Part.EDGES: 0.25}
SLACK = 0.05


@dataclass(frozen=True)
class Row:
    """One solution's facts."""

    name: str
    path: Path
    facts: ExerciseFacts
    expected: str | None
    """The misconception that must be diagnosed, for a wrong solution."""

    @property
    def diagnosed(self) -> str | None:
        """Return the misconception that explains most of what this solution fails, or None."""
        named = self.facts.diagnosis.misconceptions
        return named[0].misconception if named else None


@dataclass(frozen=True)
class Matrix:
    """The rows of one exercise, the reference first, the starter second."""

    exercise: Exercise
    rows: tuple[Row, ...]

    @property
    def solution(self) -> ExerciseFacts:
        """Return the reference solution's facts."""
        return self.rows[0].facts


def build_matrix(exercise: Exercise, judge: Judge) -> Matrix:
    """Grade the solution, the starter and each wrong solution."""
    paths: list[tuple[str, Path, str | None]] = [
        ("solution", exercise.solution, None),
        ("starter", exercise.starter, None),
        *((wrong.name, wrong.path, wrong.misconception) for wrong in exercise.wrong_solutions),
    ]
    rows = []
    for name, path, expected in paths:
        source = SourceFile(f"{exercise.slug}.py", (read_text(path),), notebook=False)
        facts = judge.grade_exercise(exercise, source).facts
        rows.append(Row(name, path, facts, expected))
    return Matrix(exercise, tuple(rows))


def broken_by_matrix(matrix: Matrix) -> Iterator[Broken]:
    """Yield every rule that the matrix shows to be broken."""
    yield from check_solution_is_full(matrix)
    yield from check_starter_is_empty(matrix)
    yield from check_wrong_solutions_lose(matrix)
    yield from check_wrong_solutions_are_diagnosed(matrix)
    yield from check_no_check_breaks(matrix)
    yield from check_no_check_is_idle(matrix)
    yield from check_points_add_up(matrix)
    yield from check_parts_have_their_share(matrix)


def check_solution_is_full(matrix: Matrix) -> Iterator[Broken]:
    """The reference solution earns every point."""
    for check in matrix.solution.checks:
        if check.verdict is not Verdict.PASSED:
            finding = check.finding.text("en") if check.finding else check.verdict.value
            yield Broken(matrix.exercise.solution, f"the solution does not pass {check.id}: {finding}")


def check_starter_is_empty(matrix: Matrix) -> Iterator[Broken]:
    """The starter earns nothing."""
    if matrix.rows[1].facts.points > 0:
        yield Broken(matrix.exercise.starter, f"the starter earns {matrix.rows[1].facts.points} points")


def check_wrong_solutions_lose(matrix: Matrix) -> Iterator[Broken]:
    """Each wrong solution loses points."""
    for row in matrix.rows[2:]:
        if row.facts.points >= matrix.solution.max_points:
            yield Broken(row.path, "no hidden test sees that this solution is wrong; write one that does")


def check_wrong_solutions_are_diagnosed(matrix: Matrix) -> Iterator[Broken]:
    """Each wrong solution is diagnosed as itself."""
    for row in matrix.rows[2:]:
        if row.diagnosed != row.expected:
            candidates = row.facts.diagnosis.candidates
            found = row.diagnosed or " or ".join(candidates) or "nothing"
            yield Broken(row.path, f"diagnosed as {found} instead of {row.expected}; sharpen the hidden tests")


def check_no_check_breaks(matrix: Matrix) -> Iterator[Broken]:
    """No hidden test fails in the judge itself, whatever a wrong solution returns."""
    for row in matrix.rows[1:]:
        for check in row.facts.checks:
            if check.verdict is Verdict.INTERNAL:
                problem = f"{check.id} breaks by itself on {row.name}; let it expect any result"
                yield Broken(matrix.exercise.hidden_tests, problem)


def check_no_check_is_idle(matrix: Matrix) -> Iterator[Broken]:
    """Each check is failed by a wrong solution or covers a documented output."""
    for check_id in idle_checks(matrix):
        yield Broken(
            matrix.exercise.hidden_tests,
            f"{check_id} is idle: no wrong solution fails it; add one or drop it",
        )


def idle_checks(matrix: Matrix) -> list[str]:
    """Return the ids of the checks that no wrong solution fails and that cover no documented output."""
    wrong = [row.facts.checks for row in matrix.rows[2:]]
    unseen = (Verdict.PASSED, Verdict.SKIPPED, Verdict.INTERNAL)
    failed = {check.id for checks in wrong for check in checks if check.verdict not in unseen}
    return [check.id for check in matrix.solution.checks if check.id not in failed and not check.covers]


def check_points_add_up(matrix: Matrix) -> Iterator[Broken]:
    """The checks' points add up to the exercise's."""
    total = sum(check.max_points for check in matrix.solution.checks)
    if abs(total - matrix.exercise.points) > 1e-9:  # noqa: PLR2004 - rounding
        problem = f"the checks' points add up to {total}, the exercise is worth {matrix.exercise.points}"
        yield Broken(matrix.exercise.hidden_tests, problem)


def check_parts_have_their_share(matrix: Matrix) -> Iterator[Broken]:
    """About a quarter of the points is for documented outputs, half for probes, a quarter for edges."""
    for part, share in SHARES.items():
        points = sum(check.max_points for check in matrix.solution.checks if check.part is part)
        if abs(points / matrix.exercise.points - share) > SLACK:
            problem = f"{part.value} has {points} of {matrix.exercise.points} points; about {share:.0%} is its share"
            yield Broken(matrix.exercise.hidden_tests, problem)
