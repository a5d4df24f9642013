"""What an export writes: for each question, as many variants as the other system is to draw from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.catalogue.course import Course
from grader.catalogue.misconceptions import Misconception
from grader.catalogue.question import Question
from grader.config.course_config import Text
from grader.quiz.make import make_variant
from grader.quiz.seed import seed_of
from grader.quiz.variant import Variant
from grader.results.report import Language

POOL = "pool"
TRIES = 4
"""How many seeds are tried for each variant wanted, before a question is taken to have fewer."""


@dataclass(frozen=True)
class Pool:
    """A question with its variants, no two of them the same."""

    question: Question
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class QuizExport:
    """One unit's quiz, as one file of another system is to hold it."""

    unit: str
    title: str
    """The unit's title in `language`."""
    course: str
    """The course's title in `language`."""
    language: Language
    pools: tuple[Pool, ...]
    misconceptions: Mapping[str, Misconception]
    """The course's misconceptions by id."""
    concepts: Mapping[str, Text]
    """What questions are about, by the English term."""


def quiz_exports(course: Course, unit: str, secret: bytes, variants: int) -> tuple[QuizExport, ...]:
    """Return a unit's quiz in each language, the same variants in both; ContentError for a broken question."""
    pools = tuple(pool(course, question, secret, variants) for question in course.quizzes[unit])
    title = next(each.title for each in course.config.units if each.name == unit)
    languages: Sequence[Language] = ("en", "zh")
    return tuple(
        QuizExport(
            unit=unit,
            title=title.in_language(each),
            course=course.config.title.in_language(each),
            language=each,
            pools=pools,
            misconceptions=course.misconceptions,
            concepts=course.concepts,
        )
        for each in languages
    )


def pool(course: Course, question: Question, secret: bytes, variants: int) -> Pool:
    """Return a question with up to `variants` variants; one where nothing is drawn."""
    wanted = variants if question.sheet.draw else 1
    found: dict[str, Variant] = {}
    for number in range(1, TRIES * wanted + 1):
        variant = make_variant(question, seed_of(secret, POOL, question.id, number), course.config.quiz.tolerance)
        found.setdefault(repr(sorted(variant.given.items())), variant)
        if len(found) == wanted:
            break
    return Pool(question, tuple(found.values()))
