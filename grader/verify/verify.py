"""`grader verify`: every rule of the content, checked; what breaks one is told by file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import torch

from grader.catalogue.author_rules import broken_rules, unwritten_in, unwritten_lines
from grader.catalogue.course import Course
from grader.catalogue.exercise import Exercise
from grader.catalogue.introduction import broken_introduction
from grader.catalogue.rules import Broken
from grader.errors import ContentError
from grader.grading.grade_all import cores
from grader.grading.options import Assignment
from grader.verify.cache import Cache, exercise_digest
from grader.verify.documents import (
    Outputs,
    broken_claims,
    broken_debts,
    covered_outputs,
    documents_path,
    owed_outputs,
)
from grader.verify.examples import check_examples
from grader.verify.idle import IdleFate, broken_by_idle_answers, try_idle_answers
from grader.verify.matrix import Matrix, Row, broken_by_matrix, build_rows, solution_is_full
from grader.verify.mutation import Mutated, broken_by_mutants, try_mutants
from grader.verify.public_tests import check_public_tests
from grader.verify.quizzes import DRAWS, Stressed, as_broken, check_quizzes
from grader.verify.shown import keep_shown
from grader.verify.trial import Trials, open_trials

Progress = Callable[[str], None]

WORTH_PROCESSES = 4
"""From so many exercises on, processes of their own are worth the seconds in which they import torch."""
SHARES = 2
"""How many shares of the exercises each process gets: each share opens a judge, and progress is told after it."""


@dataclass(frozen=True)
class Findings:
    """What running one exercise's solutions gave: the rows of its matrix, its mutants and the idle answers."""

    rows: tuple[Row, ...]
    mutants: tuple[Mutated, ...]
    idle: tuple[IdleFate, ...]


@dataclass(frozen=True)
class Verified:
    """One exercise's findings."""

    matrix: Matrix
    mutants: tuple[Mutated, ...]
    idle: tuple[IdleFate, ...]


@dataclass(frozen=True)
class Verification:
    """What `verify` found."""

    exercises: tuple[Verified, ...]
    questions: tuple[Stressed, ...]
    broken: tuple[Broken, ...]
    outputs: Outputs = field(default_factory=Outputs)


def verify(
    assignment: Assignment,
    quizzes: Sequence[str],
    progress: Progress = lambda _name: None,
    *,
    draws: int = DRAWS,
    cached: bool = True,
) -> Verification:
    """Check every rule of the assignment's exercises and of the quizzes of some units.

    `progress` hears the name of each exercise and question before it is worked on. What has not changed since an
    earlier run that found nothing broken is not run again, unless `cached` is off.
    """
    cache = Cache(assignment.course.root, on=cached)
    verified, broken = verify_exercises(assignment, cache, progress)
    questions, broken_questions = check_quizzes(assignment.course, quizzes, draws, progress, cache)
    outputs, broken_outputs = verify_documents(assignment)
    return Verification(verified, tuple(questions), (*broken, *broken_questions, *broken_outputs), outputs)


def verify_documents(assignment: Assignment) -> tuple[Outputs, list[Broken]]:
    """Return the documented outputs, and those that nobody checks; all are asked for when the course is whole."""
    course = assignment.course
    try:
        owed = owed_outputs(course)
    except ContentError as problem:
        return Outputs(), [as_broken(problem)]
    try:
        outputs = Outputs(covered_outputs(course), owed)
    except ContentError:  # a broken hidden test or quiz, which its own rules tell
        return Outputs({}, owed), []
    broken = list(broken_claims(outputs, assignment.exercises))
    is_whole = assignment.exercises == course.exercises
    return outputs, broken + (list(broken_debts(outputs, documents_path(course.root))) if is_whole else [])


def verify_exercises(
    assignment: Assignment, cache: Cache, progress: Progress
) -> tuple[tuple[Verified, ...], list[Broken]]:
    """Return what each exercise gave, and the rules that the exercises break."""
    exercises = assignment.exercises
    broken = [problem for each in exercises for problem in broken_rules(assignment.course, each)]
    units = dict.fromkeys(each.unit for each in exercises)
    broken += [problem for unit in units for problem in broken_introduction(assignment.course, unit)]
    broken += [problem for path in course_files(assignment.course) for problem in unwritten_lines(path)]
    exercises = tuple(each for each in exercises if not any(unwritten_in(each)))
    if any(not path.is_file() for each in exercises for path in each.sources):
        return (), broken
    digests = {each.slug: exercise_digest(assignment, each) for each in exercises}
    known = {slug: found for slug, digest in digests.items() if (found := cache.recall(slug, digest, Findings))}
    stale = [each for each in exercises if each.slug not in known]
    try:
        fresh = run_exercises(assignment, stale, progress)
        broken_given = [*check_examples(stale), *check_public_tests(stale)]
        verified = tuple(verified_by(each, {**known, **fresh}[each.slug]) for each in exercises)
        problems = {each.matrix.exercise.slug: broken_by(each) for each in verified}
    except ContentError as problem:
        return (), [*broken, as_broken(problem)]
    for each in stale:
        if not problems[each.slug] and not any(problem.path.parent == each.folder for problem in broken_given):
            cache.keep(each.slug, digests[each.slug], fresh[each.slug])
    keep_shown(assignment.course, (each.matrix for each in verified))
    return verified, [*broken, *(problem for found in problems.values() for problem in found), *broken_given]


def course_files(course: Course) -> tuple[Path, ...]:
    """Return the files that belong to no single exercise or quiz."""
    return course.file, course.root / "solutions" / "misconceptions.yaml"


def run_exercises(assignment: Assignment, exercises: Sequence[Exercise], progress: Progress) -> Mapping[str, Findings]:
    """Return what running the solutions of some exercises gives, by slug; many are shared out among processes."""
    jobs = cores()
    if jobs == 1 or len(exercises) < WORTH_PROCESSES:
        return run_together(assignment, exercises, progress)
    found: dict[str, Findings] = {}
    shares = SHARES * jobs
    groups = [group for start in range(shares) if (group := exercises[start::shares])]
    with ProcessPoolExecutor(jobs, get_context("spawn"), torch.set_num_threads, (1,)) as pool:
        for group, results in zip(groups, pool.map(partial(run_together, assignment), groups), strict=True):
            progress(group[-1].slug)
            found |= results
    return found


def run_together(
    assignment: Assignment, exercises: Sequence[Exercise], progress: Progress | None = None
) -> dict[str, Findings]:
    """Return what running the solutions of some exercises gives, by slug, from one judge."""
    if not exercises:
        return {}
    found = {}
    with open_trials(assignment, exercises) as trials:
        for exercise in exercises:
            if progress is not None:
                progress(exercise.slug)
            found[exercise.slug] = findings_of(exercise, trials)
    return found


def findings_of(exercise: Exercise, trials: Trials) -> Findings:
    """Return what running an exercise's solutions gives; a reference that is not full has no mutants worth trying."""
    rows = build_rows(exercise, trials)
    if not solution_is_full(rows[0].facts):
        return Findings(rows, (), ())
    return Findings(rows, try_mutants(exercise, trials), try_idle_answers(exercise, trials))


def verified_by(exercise: Exercise, found: Findings) -> Verified:
    """Return an exercise with its findings."""
    return Verified(Matrix(exercise, found.rows), found.mutants, found.idle)


def broken_by(verified: Verified) -> list[Broken]:
    """Return the rules that an exercise's findings show to be broken."""
    exercise = verified.matrix.exercise
    return [
        *broken_by_matrix(verified.matrix),
        *broken_by_mutants(exercise, verified.mutants),
        *broken_by_idle_answers(exercise, verified.idle),
    ]
