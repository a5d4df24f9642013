"""`grader verify`: every rule of the content, checked; what breaks one is told by file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.catalogue.exercise import Exercise
from grader.catalogue.rules import Broken, broken_rules
from grader.errors import ContentError
from grader.grading.options import Assignment
from grader.judge.bench import Judge, with_judge
from grader.sandbox.sandbox import Sandbox
from grader.verify.matrix import Matrix, broken_by_matrix, build_matrix
from grader.verify.public_tests import check_public_tests


@dataclass(frozen=True)
class Verification:
    """What `verify` found."""

    matrices: tuple[Matrix, ...]
    broken: tuple[Broken, ...]


def verify(assignment: Assignment, progress: Callable[[str], None] = lambda _slug: None) -> Verification:
    """Check every rule; `progress` hears the slug of the exercise that is being graded."""
    broken = [problem for each in assignment.exercises for problem in broken_rules(assignment.course, each)]
    if any(not path.is_file() for each in assignment.exercises for path in sources(each)):
        return Verification((), tuple(broken))
    try:
        matrices = build_matrices(assignment, progress)
    except ContentError as problem:
        return Verification((), (*broken, Broken(problem.path, problem.problem, problem.line)))
    broken += [problem for matrix in matrices for problem in broken_by_matrix(matrix)]
    broken += check_public_tests(assignment.exercises)
    return Verification(tuple(matrices), tuple(broken))


def sources(exercise: Exercise) -> tuple[Path, ...]:
    """Return the files without which nothing can be graded."""
    return exercise.starter, exercise.public_tests, exercise.solution, exercise.hidden_tests


def build_matrices(assignment: Assignment, progress: Callable[[str], None]) -> Sequence[Matrix]:
    """Grade every solution, starter and wrong solution."""
    with Sandbox(assignment.limits, isolation=assignment.options.isolation) as sandbox:

        def use(judge: Judge) -> list[Matrix]:
            sandbox.wait_until_ready()
            matrices = []
            for exercise in assignment.exercises:
                progress(exercise.slug)
                matrices.append(build_matrix(exercise, assignment, judge, sandbox))
            return matrices

        return with_judge(assignment.exercises, assignment.options.secret, use)
