"""Questions answered by text: what a piece of code prints, and free text that a human marks."""

from __future__ import annotations

import re
from typing import Any

from grader.catalogue.question import Question, WrongAnswer
from grader.config.course_config import Tolerance
from grader.quiz.idle_blanks import without_idle_blanks
from grader.quiz.kinds.kind import ASCII, Kind, typed_text
from grader.quiz.kinds.number import DEEPEST, numbers_of
from grader.quiz.plain import close
from grader.quiz.run import Ran, RunError
from grader.quiz.variant import Variant

TOKEN = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)


class Output(Kind):
    """What a piece of code prints, line by line; blanks beside signs don't count, and numbers count by their value."""

    def key(self, _question: Question, ran: Ran) -> Any:
        """Return what was printed."""
        if ran.raised:
            raise RunError(f"the code raised {ran.raised}")
        return printed(ran.printed)

    def mistake(self, wrong: WrongAnswer, ran: Ran, _key: Any) -> Any:
        """Return what the learner expects to be printed."""
        return printed(str(ran.value(wrong.answer)) if wrong.answer else ran.printed)

    def same(self, one: Any, other: Any, tolerance: Tolerance) -> bool:
        """Whether all lines are the same."""
        ours, theirs = lines(one), lines(other)
        return len(ours) == len(theirs) and all(same_line(*pair, tolerance) for pair in zip(ours, theirs, strict=True))

    def read(self, raw: Any, _variant: Variant) -> Any:
        """Return the text, also of what YAML takes for a bool or a list of numbers."""
        if isinstance(raw, bool):
            return str(raw)
        return typed_text(str(numbers_of(raw, DEEPEST)) if isinstance(raw, list) else raw)

    def share(self, answer: Any, variant: Variant) -> float:
        """Return the share of lines that are right; lines too many count as wrong ones."""
        got, wanted = lines(answer), lines(variant.key)
        right = sum(same_line(*pair, variant.tolerance) for pair in zip(got, wanted, strict=False))
        return right / max(len(got), len(wanted))

    def typed(self, value: Any, _variant: Variant) -> Any:
        """Return the text."""
        return value


class FreeText(Kind):
    """Free text, for a human to mark."""

    def key(self, _question: Question, _ran: Ran) -> Any:
        """Return nothing: there is no computed key."""
        return None

    def mistake(self, _wrong: WrongAnswer, _ran: Ran, _key: Any) -> Any:
        """Return nothing."""
        return None

    def read(self, raw: Any, _variant: Variant) -> Any:
        """Return the text."""
        return typed_text(raw)

    def typed(self, value: Any, _variant: Variant) -> Any:
        """Return the text, if there is one."""
        return value or ""

    def told(self, value: Any, variant: Variant, language: str) -> str:
        """Return the text; for the key, what a good answer says."""
        model = variant.question.answer.model
        return value or (model.in_language(language) if model else "")


def printed(text: str) -> str:
    """Return what was printed without its last line's end; RunError for nothing."""
    if not text.strip():
        raise RunError("the code printed nothing")
    return text.rstrip("\n")


def lines(text: str) -> list[str]:
    """Return the lines that are not blank, with blanks only where they hold two words or two numbers apart."""
    return [without_idle_blanks(line) for line in text.translate(ASCII).splitlines() if line.strip()]


def same_line(one: str, other: str, tolerance: Tolerance) -> bool:
    """Whether two lines are the same text around the same numbers."""
    ours, theirs = TOKEN.split(one), TOKEN.split(other)
    if len(ours) != len(theirs) or ours[::2] != theirs[::2]:
        return False
    return all(close(float(a), float(b), tolerance) for a, b in zip(ours[1::2], theirs[1::2], strict=True))
