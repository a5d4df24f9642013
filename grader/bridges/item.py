"""An item: one variant in one language, as every export tells it.

Owns what is the same for all systems: names, choices, and which remark goes with which wrong answer. Knows no format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, permutations
from typing import Any

from grader.bridges.pool import Pool, QuizExport
from grader.bridges.spelling import case_matters
from grader.catalogue.question import QuestionKind
from grader.quiz.kinds.table import KINDS
from grader.quiz.variant import Mistake, Variant
from grader.wording.message import message

CHOICES_OF_ORDERS = 4
"""How many orders there are to choose among, where lines can't be moved."""


class Form(StrEnum):
    """What a text is."""

    MARKUP = "markup"
    PLAIN = "plain"
    CODE = "code"
    BLOCK = "block"
    """Code whose blanks count: some lines of it, or one that may be indented."""


@dataclass(frozen=True)
class Body:
    """A text to show."""

    text: str
    form: Form = Form.MARKUP


@dataclass(frozen=True)
class Remark:
    """What a learner is told who gave a misconception's answer."""

    value: Any
    misconception: str
    title: str
    explanation: str


@dataclass(frozen=True)
class Alternative:
    """One answer of several to choose from."""

    value: Any
    body: Body
    is_right: bool
    remark: Remark | None


@dataclass(frozen=True)
class Item:
    """One variant in one language."""

    export: QuizExport
    pool: Pool
    variant: Variant
    number: int
    """Which of the pool's variants it is, from 1."""

    @property
    def ident(self) -> str:
        """Return a name that no other item of the course has, of letters, digits and underscores."""
        return f"{self.variant.question.id}_{self.number}"

    @property
    def name(self) -> str:
        """Return what an instructor sees in a list."""
        return f"{self.variant.question.id} {self.number}"

    @property
    def kind(self) -> QuestionKind:
        """Return the question's kind."""
        return self.variant.question.kind

    @property
    def points(self) -> float:
        """Return what the question is worth."""
        return self.variant.question.sheet.points

    @property
    def text(self) -> str:
        """Return the question's text, as markup."""
        return self.variant.text[self.export.language]

    @property
    def explanation(self) -> str:
        """Return why the key is the key, as markup."""
        return self.variant.explanation[self.export.language]

    @property
    def model(self) -> str:
        """Return what a good answer says, as markup; empty where a machine marks."""
        model = self.variant.question.answer.model
        return model.in_language(self.export.language) if model else ""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return the remark of each wrong answer."""
        return tuple(self._remark(each) for each in self.variant.mistakes)

    def _remark(self, mistake: Mistake) -> Remark:
        known, language = self.export.misconceptions[mistake.misconception], self.export.language
        overlooked = message("quiz.overlooked").text(language)
        return Remark(mistake.value, known.id, known.title.in_language(language), overlooked)

    def remark_on(self, value: Any) -> Remark | None:
        """Return the remark on a wrong answer, if there is one."""
        return next((each for each in self.remarks if each.value == value), None)

    def says(self, key: str, /, **params: Any) -> str:
        """Return the sentence `export.<key>` in the item's language."""
        return message(f"export.{key}", **params).text(self.export.language)

    def told(self, value: Any) -> str:
        """Return an answer in words."""
        return KINDS[self.kind].told(value, self.variant, self.export.language)

    def option_body(self, option: str) -> Body:
        """Return what an option shows."""
        text = next(each.text[self.export.language] for each in self.variant.options if each.id == option)
        forms = {QuestionKind.EXCEPTION: Form.PLAIN, QuestionKind.ORDER: Form.BLOCK}
        return Body(text, forms.get(self.kind, Form.MARKUP))


def items_of(export: QuizExport) -> Iterator[tuple[Pool, tuple[Item, ...]]]:
    """Yield each pool with its items."""
    for pool in export.pools:
        yield pool, tuple(Item(export, pool, variant, number) for number, variant in enumerate(pool.variants, 1))


def alternatives(item: Item) -> tuple[Alternative, ...]:
    """Return what can be chosen, the right ones among it; for a kind without options, the key and the wrong answers."""
    match item.kind:
        case QuestionKind.TRUE_FALSE:
            values: list[Any] = [True, False]
        case QuestionKind.ORDER:
            values = orders(item.variant)
        case _ if item.variant.options:
            values = [each.id for each in item.variant.options]
        case _:
            values = sorted([item.variant.key, *(each.value for each in item.variant.mistakes)], key=repr)
    return tuple(alternative(item, each) for each in values)


def alternative(item: Item, value: Any) -> Alternative:
    """Return an answer as something to choose."""
    right = value in (item.variant.key if item.kind is QuestionKind.MULTIPLE else item.variant.accepted)
    return Alternative(value, choice_body(item, value), right, None if right else item.remark_on(value))


def choice_body(item: Item, value: Any) -> Body:
    """Return what an answer shows where it is to be chosen."""
    if item.kind is QuestionKind.TRUE_FALSE:
        return Body(item.told(value), Form.PLAIN)
    if isinstance(value, list) or not item.variant.options:
        told = item.told(value)
        return Body(told, Form.BLOCK if "\n" in told else Form.CODE)
    return item.option_body(value)


def answer_body(item: Item, value: Any) -> Body:
    """Return what a wrong answer shows beside its remark."""
    match item.kind:
        case QuestionKind.MULTIPLE:
            return item.option_body(value)
        case QuestionKind.MATCH:
            return Body(item.told(value))
    return choice_body(item, value)


def orders(variant: Variant) -> list[list[str]]:
    """Return some orders of a question's lines: the key, the wrong ones, and more wrong ones up to a few."""
    known = [variant.key, *(each.value for each in variant.mistakes)]
    others = (list(each) for each in permutations(sorted(variant.key)))
    wrong = (each for each in others if each not in known and each not in variant.accepted)
    return sorted([*known, *islice(wrong, max(0, CHOICES_OF_ORDERS - len(known)))])


def case_tells(item: Item) -> bool:
    """Whether capital letters alone tell two answers to an `output` question apart, which some systems overlook."""
    return case_matters([item.variant.key, *(each.value for each in item.remarks)])


def left_out(item: Item) -> tuple[Remark, ...]:
    """Return the remarks on right options of a `multiple` question, for who leaves them out."""
    return tuple(each for each in item.remarks if item.kind is QuestionKind.MULTIPLE and each.value in item.variant.key)


def untold(item: Item, told: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return the remarks that no answer of an export carries, to be told to everyone."""
    known = list(told)
    return tuple(each for each in item.remarks if each not in known)
