"""How each kind of question is answered and marked in QTI 2.1."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from math import isfinite
from typing import Any
from xml.etree.ElementTree import Element

from grader.bridges.item import Alternative, Item, Remark, alternatives
from grader.bridges.page import body_html
from grader.bridges.qti21 import scoring
from grader.bridges.qti21.scoring import RESPONSE
from grader.bridges.spelling import decimal, line_pattern, number_pattern, places, printed_lines, rows, shape_pattern
from grader.bridges.tree import Child, fragment, node
from grader.catalogue.question import QuestionKind
from grader.markup import as_html, as_plain, mathml
from grader.quiz.plain import entries, shape_of

WIDTH, LINES = "12", "8"
LONG_WIDTH = "40"


@dataclass(frozen=True)
class Interaction:
    """A part of an item that is answered."""

    declarations: Sequence[Element]
    body: Sequence[Child]
    rules: Sequence[Element]
    """What earns points."""
    signs: Sequence[tuple[Remark, Element]] = ()
    """Remarks, each with the condition that it is told on."""
    sentences: Sequence[str] = field(default=())
    """What a student must be told besides the question's text."""


def shown(html: str) -> list[Child]:
    """Return HTML as nodes."""
    return fragment(html)


def one_of(item: Item) -> Interaction:
    """Return a choice of one."""
    choices = named(alternatives(item))
    right = next(name for name, each in choices.items() if each.is_right)
    signs = [(each.remark, scoring.chose(name)) for name, each in choices.items() if each.remark]
    return Interaction(
        [scoring.declared(RESPONSE, "identifier", "single", [right])],
        [choice_list(choices, "1")],
        [scoring.when(scoring.chose(right), scoring.earn(item.points))],
        signs,
    )


def several_of(item: Item) -> Interaction:
    """Return a choice of several; a wrong one takes away what a right one gives."""
    choices = named(alternatives(item))
    right = [name for name, each in choices.items() if each.is_right]
    share = item.points / len(right)
    worth = {name: share if each.is_right else -share for name, each in choices.items()}
    names = {each.value: name for name, each in choices.items()}
    signs = []
    for remark in item.remarks:
        chosen = scoring.holds("identifier", names[remark.value])
        signs.append((remark, node("not", chosen) if remark.value in item.variant.key else chosen))
    return Interaction(
        [scoring.declared(RESPONSE, "identifier", "multiple", right, scoring.mapping(worth, item.points))],
        [choice_list(choices, "0")],
        [scoring.earn_mapped(), scoring.all_right(scoring.is_correct(), item.points)],
        signs,
        [item.says("all_that_hold")],
    )


def named(choices: Sequence[Alternative]) -> Mapping[str, Alternative]:
    """Return choices by identifiers."""
    return {f"choice_{number}": each for number, each in enumerate(choices, 1)}


def choice_list(choices: Mapping[str, Alternative], most: str) -> Element:
    """Return what is to be chosen from."""
    listed = (
        node("simpleChoice", *shown(body_html(each.body, mathml)), identifier=name) for name, each in choices.items()
    )
    return node("choiceInteraction", *listed, responseIdentifier=RESPONSE, shuffle="true", maxChoices=most)


def numbers(item: Item) -> Interaction:
    """Return a field for each entry, each marked by itself."""
    keys = tuple(entries(item.variant.key))
    tolerance = item.variant.tolerance
    names = [f"{RESPONSE}_{number}" for number in range(1, len(keys) + 1)]
    cells = iter([text_field(name, WIDTH, place) for name, place in zip(names, places(item.variant.key), strict=True)])
    table = [node("tr", *(node("td", next(cells)) for _ in row)) for row in rows(item.variant.key)]
    bases = ["float" if isfinite(each) else "string" for each in keys]
    fitting = [each for each in item.remarks if can_be_typed(each.value, item.variant.key, bases)]
    return Interaction(
        [
            scoring.declared(name, base, "single", [decimal(key)])
            for name, base, key in zip(names, bases, keys, strict=True)
        ],
        [node("table", node("tbody", *table))] if len(keys) > 1 else [node("p", text_field(names[0], WIDTH, ""))],
        part_by_part([scoring.number(name, key, tolerance) for name, key in zip(names, keys, strict=True)], item),
        [(each, sign_of_numbers(each, names, bases, item)) for each in fitting],
        [item.says("entries" if len(keys) > 1 else "number")],
    )


def part_by_part(rights: Sequence[Element], item: Item) -> list[Element]:
    """Return the rules that give each right part its share, and all of them the points."""
    rules = [scoring.when(each, scoring.earn(item.points / len(rights))) for each in rights]
    return rules if len(rules) == 1 else [*rules, scoring.all_right(scoring.every(map(copy, rights)), item.points)]


def can_be_typed(value: Any, key: Any, bases: Sequence[str]) -> bool:
    """Whether the key's fields, of these types, can hold an answer."""
    pairs = zip(entries(value), bases, strict=False)
    return shape_of(value) == shape_of(key) and all(isfinite(each) or base == "string" for each, base in pairs)


def sign_of_numbers(remark: Remark, names: Sequence[str], bases: Sequence[str], item: Item) -> Element:
    """Return the condition that all entries are a misconception's."""
    return scoring.every(
        scoring.number(name, value, item.variant.tolerance)
        if base == "float"
        else scoring.pattern(name, number_pattern(value))
        for name, base, value in zip(names, bases, entries(remark.value), strict=True)
    )


def text_field(name: str, width: str, label: str) -> Element:
    """Return a field to type into."""
    more = {"label": label} if label else {}
    return node("textEntryInteraction", responseIdentifier=name, expectedLength=width, **more)


def shape(item: Item) -> Interaction:
    """Return a field for a shape, whatever its spelling."""
    key = item.variant.key
    return Interaction(
        [scoring.declared(RESPONSE, "string", "single", [item.told(key)])],
        [node("p", text_field(RESPONSE, WIDTH, ""))],
        [scoring.when(scoring.pattern(RESPONSE, shape_pattern(key)), scoring.earn(item.points))],
        [(each, scoring.pattern(RESPONSE, shape_pattern(each.value))) for each in item.remarks],
        [item.says("shape")],
    )


def output(item: Item) -> Interaction:
    """Return a field for each printed line, each marked by itself; blanks don't count."""
    lines = printed_lines(item.variant.key)
    names = [f"{RESPONSE}_{number}" for number in range(1, len(lines) + 1)]
    wrong = [(each, printed_lines(each.value)) for each in item.remarks]
    return Interaction(
        [scoring.declared(name, "string", "single", [line]) for name, line in zip(names, lines, strict=True)],
        [node("p", text_field(name, LONG_WIDTH, "")) for name in names],
        part_by_part(
            [scoring.pattern(name, line_pattern(line)) for name, line in zip(names, lines, strict=True)], item
        ),
        [
            (each, scoring.every(scoring.pattern(*pair) for pair in zip(names, map(line_pattern, typed), strict=True)))
            for each, typed in wrong
            if len(typed) == len(lines)
        ],
        [item.says("each_line" if len(lines) > 1 else "one_line")],
    )


def ordering(item: Item) -> Interaction:
    """Return lines to put in order; every order that is right earns the points."""
    lines = [
        node("simpleChoice", *shown(body_html(item.option_body(each.id), mathml)), identifier=each.id)
        for each in item.variant.options
    ]
    accepted = [scoring.ordered(each) for each in item.variant.accepted]
    return Interaction(
        [scoring.declared(RESPONSE, "identifier", "ordered", item.variant.key)],
        [node("orderInteraction", *lines, responseIdentifier=RESPONSE, shuffle="true")],
        [scoring.when(scoring.either(accepted), scoring.earn(item.points))],
        [(each, scoring.ordered(each.value)) for each in item.remarks],
        [item.says("arrange")],
    )


def matching(item: Item) -> Interaction:
    """Return pairs to match, each marked by itself."""
    key, language = item.variant.key, item.export.language
    left = [("left_" + each.id, each.text[language], "1") for each in item.variant.left]
    right = [("right_" + each.id, each.text[language], "0") for each in item.variant.options]
    sets = [node("simpleMatchSet", *(to_match(*each) for each in side)) for side in (left, right)]
    pairs = [pair(*each) for each in key.items()]
    signs = [
        (remark, scoring.every(scoring.holds("directedPair", each) for each in differing(remark, item)))
        for remark in item.remarks
    ]
    interaction = node(
        "matchInteraction", *sets, responseIdentifier=RESPONSE, shuffle="true", maxAssociations=str(len(left))
    )
    worth = dict.fromkeys(pairs, item.points / len(pairs))
    return Interaction(
        [scoring.declared(RESPONSE, "directedPair", "multiple", pairs, scoring.mapping(worth, item.points))],
        [interaction],
        [scoring.earn_mapped(), scoring.all_right(scoring.is_correct(), item.points)],
        signs,
    )


def to_match(name: str, text: str, most: str) -> Element:
    """Return something to match."""
    return node("simpleAssociableChoice", *shown(as_html(text, mathml, inline=True)), identifier=name, matchMax=most)


def pair(left: str, right: str) -> str:
    """Return a pair as QTI writes it."""
    return f"left_{left} right_{right}"


def differing(remark: Remark, item: Item) -> Iterator[str]:
    """Yield a misconception's pairs that are wrong."""
    return (pair(left, right) for left, right in remark.value.items() if item.variant.key[left] != right)


def free_text(item: Item) -> Interaction:
    """Return a field for free text; what a good answer says is the correct response, for TAO shows every rubric."""
    area = node("extendedTextInteraction", responseIdentifier=RESPONSE, expectedLines=LINES)
    return Interaction([scoring.declared(RESPONSE, "string", "single", [as_plain(item.model)])], [area], [])


INTERACTIONS: Mapping[QuestionKind, Callable[[Item], Interaction]] = {
    QuestionKind.SINGLE: one_of,
    QuestionKind.MULTIPLE: several_of,
    QuestionKind.TRUE_FALSE: one_of,
    QuestionKind.NUMERIC: numbers,
    QuestionKind.TENSOR: numbers,
    QuestionKind.SHAPE: shape,
    QuestionKind.OUTPUT: output,
    QuestionKind.EXCEPTION: one_of,
    QuestionKind.ORDER: ordering,
    QuestionKind.MATCH: matching,
    QuestionKind.TEXT: free_text,
}
"""What each kind becomes."""
