"""`grader verify`: every rule of the content, checked; what breaks one is told by file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.catalogue.exercise import Exercise
from grader.catalogue.rules import Broken, broken_rules
from grader.errors import ContentError
from grader.grading.judge import open_judge
from grader.grading.options import Assignment
from grader.verify.matrix import Matrix, broken_by_matrix, build_matrix
from grader.verify.public_tests import check_public_tests
from grader.verify.quizzes import DRAWS, Stressed, as_broken, check_quizzes


@dataclass(frozen=True)
class Verification:
    """What `verify` found."""

    matrices: tuple[Matrix, ...]
    questions: tuple[Stressed, ...]
    broken: tuple[Broken, ...]


def verify(
    assignment: Assignment,
    quizzes: Sequence[str],
    progress: Callable[[str], None] = lambda _name: None,
    *,
    draws: int = DRAWS,
) -> Verification:
    """Check every rule of the assignment's exercises and of the quizzes of some units.

    `progress` hears the name of each exercise and question before it is worked on.
    """
    matrices, broken = verify_exercises(assignment, progress)
    questions, broken_questions = check_quizzes(assignment.course, quizzes, draws, progress)
    return Verification(tuple(matrices), tuple(questions), (*broken, *broken_questions))


def verify_exercises(assignment: Assignment, progress: Callable[[str], None]) -> tuple[Sequence[Matrix], list[Broken]]:
    """Return the matrix of each exercise, and the rules that the exercises break."""
    broken = [problem for each in assignment.exercises for problem in broken_rules(assignment.course, each)]
    if not assignment.exercises or any(not path.is_file() for each in assignment.exercises for path in sources(each)):
        return [], broken
    try:
        matrices = build_matrices(assignment, progress)
    except ContentError as problem:
        return [], [*broken, as_broken(problem)]
    broken += [problem for matrix in matrices for problem in broken_by_matrix(matrix)]
    broken += check_public_tests(assignment.exercises)
    return matrices, broken


def sources(exercise: Exercise) -> tuple[Path, ...]:
    """Return the files without which nothing can be graded."""
    return exercise.starter, exercise.public_tests, exercise.solution, exercise.hidden_tests


def build_matrices(assignment: Assignment, progress: Callable[[str], None]) -> Sequence[Matrix]:
    """Grade every solution, starter and wrong solution."""
    with open_judge(assignment) as judge:
        matrices = []
        for exercise in assignment.exercises:
            progress(exercise.slug)
            matrices.append(build_matrix(exercise, judge))
        return matrices
