"""What is matched with what: a `match` question's own pairs, and a tensor's places with their numbers.

A tensor stands so in systems that have no gaps for numbers with a margin: credit goes by entry, and the numbers to
choose from are the key's and the misconceptions'.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.bridges.item import Body, Form, Item
from grader.bridges.spelling import decimal, places, unique
from grader.catalogue.question import QuestionKind
from grader.markup import as_plain
from grader.quiz.plain import entries


@dataclass(frozen=True)
class Pairs:
    """Things to match with texts."""

    pairs: tuple[tuple[Body, str], ...]
    spare: tuple[str, ...]
    """Texts that belong to nothing."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Return every text to choose from, once."""
        return tuple(sorted(unique([*(right for _, right in self.pairs), *self.spare])))


def pairs_of(item: Item) -> Pairs:
    """Return what is matched in a `match` or `tensor` question."""
    return options_matched(item) if item.kind is QuestionKind.MATCH else entries_matched(item)


def options_matched(item: Item) -> Pairs:
    """Return a question's own pairs."""
    key, language = item.variant.key, item.export.language
    shown = {each.id: as_plain(each.text[language]) for each in item.variant.options}
    pairs = tuple((Body(each.text[language]), shown[key[each.id]]) for each in item.variant.left)
    return Pairs(pairs, tuple(text for name, text in shown.items() if name not in key.values()))


def entries_matched(item: Item) -> Pairs:
    """Return a tensor's places with their numbers; there is always another number to choose."""
    key = tuple(map(decimal, entries(item.variant.key)))
    where = (Body(each, Form.CODE) for each in places(item.variant.key))
    others = unique(decimal(value) for remark in item.remarks for value in entries(remark.value))
    spare = tuple(each for each in others if each not in key)
    if len({*key, *spare}) == 1:
        spare = (decimal(next(entries(item.variant.key)) + 1),)
    return Pairs(tuple(zip(where, key, strict=True)), spare)
