"""A variant of a question: what one student is asked, with the key that torch computed for it.

Owns the record alone; `make.py` makes it, `mark.py` marks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_lowercase
from typing import Any

from grader.catalogue.question import Question
from grader.config.course_config import Tolerance

ByLanguage = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """Something to choose, with its text in each language."""

    id: str
    text: ByLanguage


@dataclass(frozen=True)
class Mistake:
    """The answer that a misconception gives."""

    value: Any
    misconception: str


@dataclass(frozen=True)
class Variant:
    """What one student is asked, and what is right.

    Values are plain: a choice is its option's id, several are a sorted list of ids, a tensor is nested lists of
    numbers, a shape a list, an order a list of ids, a match a dict of ids, what is printed a text.
    """

    question: Question
    seed: str
    given: Mapping[str, Any]
    """The parameters as drawn."""
    text: ByLanguage
    code: str
    options: tuple[Choice, ...]
    """What can be chosen, in the order shown; lettered a, b, c, …; empty where an answer is typed."""
    left: tuple[Choice, ...]
    """What is to be matched with the options, in order."""
    key: Any
    find_accepted: Callable[[], tuple[Any, ...]] = field(repr=False, compare=False)
    """Finds `accepted`, which may take many runs of the question's code."""
    mistakes: tuple[Mistake, ...]
    explanation: ByLanguage
    tolerance: Tolerance
    rejected: int
    """How many draws were thrown away before this one."""

    @cached_property
    def accepted(self) -> tuple[Any, ...]:
        """Return every answer that is as right as the key, the key among them."""
        return self.find_accepted()

    def letter(self, option: str) -> str:
        """Return the letter of an option's id."""
        return ascii_lowercase[[each.id for each in self.options].index(option)]
