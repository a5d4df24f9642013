"""What every kind of question answers for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from random import Random
from string import ascii_lowercase
from typing import Any

from grader.catalogue.question import Option, Question, WrongAnswer
from grader.config.course_config import Tolerance
from grader.markup import as_plain
from grader.quiz.fill import fill
from grader.quiz.run import Ran
from grader.quiz.variant import Choice, Variant
from grader.wording.message import Message, message

LONGEST = 4000
"""The longest typed answer, in characters, that is looked at."""
FULL_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
ASCII = {**FULL_WIDTH, **str.maketrans("\u3000、。【】\u2212", " ,.[]-")}
"""What a Chinese keyboard types for signs of ASCII, and the minus of printed maths."""
SEPARATORS = ",;.()"
"""What may stand between letters, or after one as in `b)`."""


class UnreadableError(ValueError):
    """An answer that says nothing in its kind; carries what to tell the student."""

    def __init__(self, problem: Message) -> None:
        super().__init__(problem)
        self.problem = problem


def unreadable(key: str, /, **params: Any) -> UnreadableError:
    """Return the error of an unreadable answer, worded as `quiz.<key>`."""
    return UnreadableError(message(f"quiz.{key}", **params))


class Kind(ABC):
    """One kind of question."""

    @abstractmethod
    def key(self, question: Question, ran: Ran) -> Any:
        """Return the key where the question's code and work have run."""

    @abstractmethod
    def mistake(self, wrong: WrongAnswer, ran: Ran, key: Any) -> Any:
        """Return the answer of a misconception; `ran` is the wrong answer's own code where it has some."""

    def checked(self, value: Any) -> Any:
        """Return a computed value that is of this kind; RunError for another."""
        return value

    def accepted(self, _question: Question, key: Any, _given: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return every answer that is as right as the key."""
        return (key,)

    def choices(self, _question: Question, _given: Mapping[str, Any], _values: Sequence[Any]) -> tuple[Choice, ...]:
        """Return what can be chosen, in no particular order; `values` are the key and the mistakes."""
        return ()

    def same(self, one: Any, other: Any, _tolerance: Tolerance) -> bool:
        """Whether two answers can't be told apart."""
        return bool(one == other)

    def is_ugly(self, _key: Any) -> bool:
        """Whether a drawn key is too unhandy to be asked for."""
        return False

    @abstractmethod
    def read(self, raw: Any, variant: Variant) -> Any:
        """Return an answer as it was typed as a plain value; UnreadableError for one that says nothing."""

    def is_right(self, answer: Any, variant: Variant) -> bool:
        """Whether an answer is as right as the key, or can't be told from one that is."""
        return self.same(answer, variant.key, variant.tolerance)

    def share(self, answer: Any, variant: Variant) -> float:
        """Return the share of the points, 0 to 1, that an answer earns."""
        return float(self.is_right(answer, variant))

    def shows(self, mistake: Any, answer: Any, variant: Variant) -> bool:
        """Whether an answer is what a misconception gives."""
        return self.same(mistake, answer, variant.tolerance)

    @abstractmethod
    def typed(self, value: Any, variant: Variant) -> Any:
        """Return a plain value as a student may write it into an answer sheet: text, or plain YAML."""

    def option_text(self, text: str) -> str:
        """Return an option's text for a terminal; where options are code, as it stands."""
        return as_plain(text)

    def told(self, value: Any, variant: Variant, language: str) -> str:  # noqa: ARG002 - other kinds have words
        """Return a plain value as it is told to a student."""
        return str(self.typed(value, variant))


def shuffled(choices: Sequence[Choice], random: Random) -> tuple[Choice, ...]:
    """Return choices in a random order."""
    return tuple(random.sample(choices, len(choices)))


def filled(options: Sequence[Option], given: Mapping[str, Any]) -> tuple[Choice, ...]:
    """Return a question's own options as choices, parameters put in."""
    return tuple(Choice(each.id, {"en": fill(each.en, given), "zh": fill(each.zh, given)}) for each in options)


def typed_text(raw: Any) -> str:
    """Return a typed answer's text without blanks around it; UnreadableError for another type or endless text."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise unreadable("not_text")
    if isinstance(raw, int) and abs(raw) >= 10**LONGEST:
        raise unreadable("too_long", limit=LONGEST)
    text = str(raw).strip()
    if not text:
        raise unreadable("empty")
    if len(text) > LONGEST:
        raise unreadable("too_long", limit=LONGEST)
    return text


def signs_in(raw: Any) -> str:
    """Return the text of a typed answer that is letters, numbers or signs alone, in ASCII however they were typed."""
    return typed_text(raw).translate(ASCII).strip()


def letters_in(raw: Any, variant: Variant, *, exactly: int | None = None) -> list[str]:
    """Return the ids of the options that an answer names by letters; UnreadableError for anything else.

    Letters stand in a list or in a text, in any case, with or without blanks and separators between them.
    """
    text = "".join(signs_in(each) for each in raw) if isinstance(raw, list) else signs_in(raw)
    letters = [sign for sign in text.lower() if not sign.isspace() and sign not in SEPARATORS]
    if not letters:
        raise unreadable("empty")
    places = {letter: number for number, letter in enumerate(ascii_lowercase[: len(variant.options)])}
    if not places.keys() >= set(letters):
        raise unreadable("not_letters", last=max(places))
    if exactly is not None and len(letters) != exactly:
        raise unreadable("letter_count", count=exactly)
    return [variant.options[places[letter]].id for letter in letters]
