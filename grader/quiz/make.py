"""Making a variant: parameters are drawn, torch computes the key, and a draw that teaches nothing is thrown away.

Owns what makes a draw good. Every error is the author's and names the question's place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import combinations
from random import Random
from typing import Any

from grader.catalogue.question import Question, QuestionKind, WrongAnswer
from grader.config.course_config import Text, Tolerance
from grader.quiz.draw import NoDrawError, draw
from grader.quiz.fill import FillError, fill
from grader.quiz.kinds.kind import Kind, filled, shuffled
from grader.quiz.kinds.table import KINDS
from grader.quiz.plain import all_close, nested_text, plain
from grader.quiz.run import Ran, RunError, begin, run
from grader.quiz.variant import Mistake, Variant

MOST_DRAWS = 400


def make_variant(question: Question, seed: str, tolerance: Tolerance) -> Variant:
    """Return the variant of `seed`; the same seed gives the same variant, on any machine.

    Raises:
        ContentError: the question's code or expressions fail, or no good draw is found.
    """
    random = Random(int(seed, 16))  # noqa: S311 - the seed is the secret, and it is drawn by HMAC
    reason = ""
    for rejected in range(MOST_DRAWS if question.sheet.draw else 1):
        given = drawn(question, random)
        with told_with(question, given):
            reason = unfit(question, given)
            if not reason:
                variant = solve(question, given, tolerance, random)
                reason = flaw(variant)
        if not reason:
            return replace(variant, seed=seed, rejected=rejected)
    raise question.broken(f"{reason}; mend the wrong answer, or widen what is drawn")


def drawn(question: Question, random: Random) -> dict[str, Any]:
    """Return drawn parameters, good or not."""
    try:
        return draw(question.sheet.draw, random)
    except NoDrawError as problem:
        raise question.broken(str(problem), withheld=False) from None


@contextmanager
def told_with(question: Question, given: Mapping[str, Any]) -> Iterator[None]:
    """Tell whatever fails inside as the question's error, with the parameters that it failed for."""
    try:
        yield
    except (RunError, FillError) as problem:
        with_what = ", ".join(f"{name} = {value!r}" for name, value in given.items())
        raise question.broken(f"{problem} (with {with_what})" if with_what else str(problem)) from None


def solve(question: Question, given: Mapping[str, Any], tolerance: Tolerance, random: Random) -> Variant:
    """Return the variant for given parameters, however good they are; it has no seed."""
    kind, sheet, answer = KINDS[question.kind], question.sheet, question.answer
    code = fill(sheet.code, given).strip("\n")
    ran = where_it_ends(question, given, code)
    key = kind.key(question, ran)
    mistakes = tuple(Mistake(mistaken(kind, wrong, given, ran, key), wrong.misconception) for wrong in answer.wrong)
    values = [key, *(each.value for each in mistakes)]
    return Variant(
        question=question,
        seed="",
        given=given,
        text=both(sheet.text, given),
        code=code,
        options=shuffled(kind.choices(question, given, values), random),
        left=filled(sheet.left, given),
        key=key,
        find_accepted=partial(kind.accepted, question, key, given),
        mistakes=mistakes,
        explanation=both(answer.explanation, given),
        tolerance=tolerance,
        rejected=0,
    )


def where_it_ends(question: Question, given: Mapping[str, Any], code: str) -> Ran:
    """Return where a question's code and its hidden work end."""
    ran = run(code, begin(given))
    may_raise = (
        question.kind is QuestionKind.EXCEPTION or "raised" in (question.answer.key or "") + question.answer.work
    )
    if ran.raised and not may_raise:
        raise RunError(f"the code raised {ran.raised}")
    return ran.then(fill(question.answer.work, given))


def mistaken(kind: Kind, wrong: WrongAnswer, given: Mapping[str, Any], ran: Ran, key: Any) -> Any:
    """Return what a misconception answers, by its own code where it has some."""
    if wrong.code:
        ran = run(fill(wrong.code, given), begin(given))
        if ran.raised:
            raise RunError(f"the code of {wrong.misconception} raised {ran.raised}")
    return kind.mistake(wrong, ran, key)


def unfit(question: Question, given: Mapping[str, Any]) -> str:
    """Return why the question's own condition throws a draw away, or an empty text."""
    condition = question.sheet.where
    return "" if condition is None or Ran(begin(given), "", None).value(condition) else f"`{condition}` never holds"


def flaw(variant: Variant) -> str:
    """Return what is wrong with a variant, or an empty text: answers that can't be told apart, or an ugly key."""
    kind = KINDS[variant.question.kind]
    for each in variant.mistakes:
        if kind.is_right(each.value, variant):
            return f"the wrong answer of {each.misconception} is right"
    for one, other in combinations(variant.mistakes, 2):
        if variant.question.kind is not QuestionKind.MULTIPLE and kind.same(one.value, other.value, variant.tolerance):
            return f"the wrong answers of {one.misconception} and {other.misconception} are the same"
    if variant.question.sheet.draw and kind.is_ugly(variant.key):
        return f"the key {nested_text(variant.key)} is too long to be asked for"
    return ""


def independent_agrees(variant: Variant) -> bool:
    """Whether the question's independent way gives the key too; True where it has none."""
    expression = variant.question.answer.independent
    if expression is None:
        return True
    with told_with(variant.question, variant.given):
        other = KINDS[variant.question.kind].checked(plain(Ran(begin(variant.given), "", None).value(expression)))
    return all_close(other, variant.key, variant.tolerance)


def both(text: Text, given: Mapping[str, Any]) -> Mapping[str, str]:
    """Return a text in each language, parameters put in."""
    return {"en": fill(text.en, given), "zh": fill(text.zh, given)}
