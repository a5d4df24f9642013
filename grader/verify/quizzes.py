"""`grader verify` for quizzes: every question solved, stressed on many draws, and held against the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from random import Random

import torch

from grader.catalogue.author_rules import unwritten_lines
from grader.catalogue.course import Course
from grader.catalogue.question import Documented, Question, QuestionKind, quiz_path
from grader.catalogue.rules import CANARY, Broken
from grader.config.course_config import Tolerance
from grader.errors import ContentError
from grader.grading.grade_all import cores
from grader.quiz.kinds.table import KINDS
from grader.quiz.make import independent_agrees, make_variant, solve, told_with
from grader.quiz.plain import all_close, plain, shape_of
from grader.quiz.seed import seed_of
from grader.verify.cache import Cache, quiz_digest
from grader.yamlfile import read_text

DRAWS = 1000
WORTH_PROCESSES = 10_000
"""From so many draws on, processes of their own are worth the seconds in which they import torch."""
SECRET = b"stress"
AS_PRINTED = Tolerance(relative=1e-4, absolute=5e-5)
FIXED_PLACE = frozenset({QuestionKind.SINGLE, QuestionKind.EXCEPTION})


@dataclass(frozen=True)
class Stressed:
    """What stressing one question gave."""

    question: Question
    draws: int = 0
    rejected: int = 0
    broken: tuple[Broken, ...] = ()

    @property
    def covers(self) -> tuple[str, ...]:
        """Return the ids of the documented outputs that the question asserts."""
        return tuple(each.output for each in self.question.answer.documented)


@dataclass
class Tally:
    """What is counted while a question is drawn again and again."""

    draws: int = 0
    rejected: int = 0
    places: Counter[int] = field(default_factory=Counter)
    """How often the key stood at each place among the options."""


@dataclass(frozen=True)
class Tallies:
    """How often each question of a unit was drawn and how often a draw was rejected, by the question's id."""

    counts: dict[str, tuple[int, int]]


def check_quizzes(
    course: Course,
    units: Sequence[str],
    draws: int = DRAWS,
    progress: Callable[[str], None] = lambda _id: None,
    cache: Cache | None = None,
) -> tuple[list[Stressed], list[Broken]]:
    """Return what stressing each question of `units` gave, and the rules that the files break.

    A unit that `cache` knows is not stressed again.
    """
    cache = cache or Cache(course.root, on=False)
    broken = [problem for unit in units for problem in broken_files(course, unit)]
    try:
        questions = [question for unit in written(course, units) for question in course.quizzes[unit]]
    except ContentError as problem:
        return [], [*broken, as_broken(problem)]
    digests = {unit: quiz_digest(course, unit, draws) for unit in units}
    known = {unit: kept for unit in units if (kept := cache.recall(f"quiz-{unit}", digests[unit], Tallies))}
    stale = [each for each in questions if each.unit not in known]
    fresh = {each.question.id: each for each in stress_all(course, stale, draws, progress)}
    stressed = [fresh.get(each.id) or Stressed(each, *known[each.unit].counts[each.id]) for each in questions]
    for unit in set(written(course, units)) - known.keys():
        found = [each for each in stressed if each.question.unit == unit]
        if not any(each.broken for each in found):
            counts = {each.question.id: (each.draws, each.rejected) for each in found}
            cache.keep(f"quiz-{unit}", digests[unit], Tallies(counts))
    return stressed, broken + [problem for each in stressed for problem in each.broken]


def stress_all(
    course: Course, questions: Sequence[Question], draws: int, progress: Callable[[str], None]
) -> Iterator[Stressed]:
    """Yield what stressing each question gave; many draws are shared out among processes, one for each core."""
    jobs = cores()
    if jobs == 1 or sum(number_of_draws(each, draws) for each in questions) < WORTH_PROCESSES:
        for question in questions:
            progress(question.id)
            yield stress(course, question, draws)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), torch.set_num_threads, (1,)) as pool:
        for question, found in zip(questions, pool.map(partial(stress, course, draws=draws), questions), strict=True):
            progress(question.id)
            yield found


def written(course: Course, units: Sequence[str]) -> list[str]:
    """Return the units of whose quiz nothing is still to be written: only those are tried."""
    return [unit for unit in units if not any(chain.from_iterable(map(unwritten_lines, quiz_paths(course, unit))))]


def quiz_paths(course: Course, unit: str) -> tuple[Path, Path]:
    """Return the paths of a unit's withheld answers and of its questions."""
    return quiz_path(course.root, unit, withheld=True), quiz_path(course.root, unit, withheld=False)


def broken_files(course: Course, unit: str) -> Iterator[Broken]:
    """Yield what is wrong with a unit's two files as files: the canary belongs to the withheld one alone."""
    withheld, given = quiz_paths(course, unit)
    yield from chain(unwritten_lines(given), unwritten_lines(withheld))
    if withheld.is_file() and not read_text(withheld).startswith(CANARY):
        yield Broken(withheld, f"the first line must be `{CANARY}`", 1)
    if given.is_file() and CANARY in read_text(given):
        yield Broken(given, "a file that students get holds a withheld file's canary; remove it")


def stress(course: Course, question: Question, draws: int) -> Stressed:
    """Return what one question gave: its references, its documented outputs, and its draws."""
    tally = Tally()
    try:
        check_references(course, question)
        for documented in question.answer.documented:
            check_documented(question, documented)
        check_draws(question, course.config.quiz.tolerance, number_of_draws(question, draws), tally)
    except ContentError as problem:
        return Stressed(question, tally.draws, tally.rejected, (as_broken(problem),))
    return Stressed(question, tally.draws if question.sheet.draw else 0, tally.rejected)


def number_of_draws(question: Question, draws: int) -> int:
    """Return how often a question is drawn: once where it has no parameters."""
    return draws if question.sheet.draw else 1


def check_references(course: Course, question: Question) -> None:
    """Raise for a misconception, a concept or an exercise that does not exist."""
    for wrong in question.answer.wrong:
        if wrong.misconception not in course.misconceptions:
            raise question.broken(f"{wrong.misconception} is not in solutions/misconceptions.yaml; describe it there")
    for concept in question.sheet.concepts if course.concepts else ():
        if concept not in course.concepts:
            raise question.broken(f"{concept!r} has no Chinese term in exercises/concepts.yaml", withheld=False)
    slug = question.sheet.hint_for
    if slug and slug not in [exercise.slug for exercise in course.exercises]:
        raise question.broken(f"hint_for: there is no exercise {slug!r}", withheld=False)


def check_documented(question: Question, documented: Documented) -> None:
    """Raise when the document's own parameters do not give the document's output."""
    with told_with(question, documented.parameters):
        variant = solve(question, documented.parameters, AS_PRINTED, Random(0))  # noqa: S311 - any order of options will do
    gives = plain(documented.gives)
    if shape_of(variant.key) is not None and shape_of(gives) is not None:
        agrees = all_close(gives, variant.key, AS_PRINTED)
    else:
        agrees = KINDS[question.kind].same(sorted(gives) if isinstance(gives, list) else gives, variant.key, AS_PRINTED)
    if not agrees:
        raise question.broken(f"{documented.output} gives {documented.gives!r}, but the key is {variant.key!r}")


def check_draws(question: Question, tolerance: Tolerance, draws: int, tally: Tally) -> None:
    """Draw a question again and again; raise for a key that is not confirmed, a biased place or too many rejections."""
    for number in range(draws):
        variant = make_variant(question, seed_of(SECRET, str(number), question.id), tolerance)
        tally.draws += 1
        tally.rejected += variant.rejected
        if not independent_agrees(variant):
            raise question.broken(f"the independent way does not give {variant.key!r} for {dict(variant.given)}")
        if question.kind in FIXED_PLACE:
            tally.places[[each.id for each in variant.options].index(variant.key)] += 1
    if tally.rejected > tally.draws:
        raise question.broken(f"{tally.rejected} draws were rejected for {tally.draws} kept; choose better ranges")
    if question.kind in FIXED_PLACE and draws >= DRAWS and is_biased(tally.places, len(variant.options)):
        raise question.broken(f"the key's place is not uniform: {dict(sorted(tally.places.items()))}")


def is_biased(places: Counter[int], options: int) -> bool:
    """Whether counts of places are further from uniform than chance allows once in a million (chi-squared)."""
    expected = places.total() / options
    distance = sum((places[place] - expected) ** 2 / expected for place in range(options))
    return distance > 21 + 3.2 * (options - 1)


def as_broken(problem: ContentError) -> Broken:
    """Return an author's error as a broken rule."""
    return Broken(problem.path, problem.problem, problem.line)
