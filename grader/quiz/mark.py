"""Marking one answer to one variant.

Owns the policy: what a wrong choice and a further attempt cost. Points and words are not its business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.catalogue.question import QuestionKind
from grader.config.course_config import QuizPolicy
from grader.quiz.kinds.kind import UnreadableError
from grader.quiz.kinds.table import KINDS
from grader.quiz.variant import Variant
from grader.results.verdicts import AnswerVerdict
from grader.wording.message import Message

CHOICES = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE, QuestionKind.EXCEPTION})
"""The kinds that can be guessed, so that a wrong answer may cost something."""


@dataclass(frozen=True)
class Marked:
    """What became of an answer."""

    verdict: AnswerVerdict
    share: float = 0.0
    """The share of the question's points, from -1 to 1."""
    value: Any = None
    """The answer as it was understood."""
    misconception: str | None = None
    problem: Message | None = None


def mark(variant: Variant, raw: Any, policy: QuizPolicy, attempt: int = 1) -> Marked:
    """Return what an answer, as it was typed, is worth; None and blanks are no answer."""
    if is_blank(raw):
        return Marked(AnswerVerdict.UNANSWERED)
    kind = KINDS[variant.question.kind]
    try:
        value = kind.read(raw, variant)
    except UnreadableError as problem:
        return Marked(AnswerVerdict.UNREADABLE, problem=problem.problem)
    if variant.question.kind is QuestionKind.TEXT:
        return Marked(AnswerVerdict.WAITING, value=value)
    share = kind.share(value, variant)
    verdict = AnswerVerdict.RIGHT if share == 1 else AnswerVerdict.PARTLY if share > 0 else AnswerVerdict.WRONG
    misconception = None if share == 1 else misconception_of(variant, value)
    return Marked(verdict, after_policy(variant, share, policy, attempt), value, misconception)


def is_blank(raw: Any) -> bool:
    """Whether nothing was typed."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def after_policy(variant: Variant, share: float, policy: QuizPolicy, attempt: int) -> float:
    """Return a share less what the policy takes away."""
    if share > 0:
        return max(0.0, share - policy.further_attempt * (attempt - 1))
    return -policy.wrong_choice if variant.question.kind in CHOICES else 0.0


def misconception_of(variant: Variant, value: Any) -> str | None:
    """Return the misconception that gives this very answer, or None."""
    kind = KINDS[variant.question.kind]
    return next((each.misconception for each in variant.mistakes if kind.shows(each.value, value, variant)), None)
