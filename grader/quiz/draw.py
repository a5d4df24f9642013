"""Drawing a question's parameters by its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import prod
from random import Random
from typing import Any

from grader.catalogue.question import DrawRule
from grader.quiz.run import Ran, RunError, begin

DIGITS = 6
NOISE = 1e-6
TRIES = 100


class NoDrawError(ValueError):
    """The rules can't be met: too few different values, or an expression that fails."""


def draw(rules: Mapping[str, DrawRule], random: Random) -> dict[str, Any]:
    """Return one value per rule, in the rules' order."""
    given: dict[str, Any] = {}
    for name, rule in rules.items():
        given[name] = draw_one(name, rule, random, given)
    return given


def draw_one(name: str, rule: DrawRule, random: Random, given: Mapping[str, Any]) -> Any:
    """Return a value for one rule: a number or text, or nested lists of them for a shape."""
    if rule.expression is not None:
        try:
            return Ran(begin(given), "", None).value(rule.expression)
        except RunError as problem:
            raise NoDrawError(f"{name}: {problem}") from problem
    one = drawer(rule, random)
    if not rule.shape:
        return one()
    entries = different(name, one) if rule.distinct else iter(one, object())
    return shaped([next(entries) for _ in range(prod(rule.shape))], rule.shape)


def drawer(rule: DrawRule, random: Random) -> Callable[[], Any]:
    """Return the function that draws one entry."""
    if rule.numbers:
        low, high, step = rule.numbers
        steps = int((high - low) / step + NOISE)
        return lambda: round(low + step * random.randint(0, steps), DIGITS)
    if rule.integers:
        lowest, highest = rule.integers
        return lambda: random.randint(lowest, highest)
    choices = rule.choices or ()
    return lambda: random.choice(choices)


def different(name: str, one: Callable[[], Any]) -> Iterator[Any]:
    """Yield entries of which no two are equal."""
    seen: list[Any] = []
    while True:
        entry = next((each for each in (one() for _ in range(TRIES)) if each not in seen), None)
        if entry is None:
            raise NoDrawError(f"{name}: there are too few different values for its shape")
        seen.append(entry)
        yield entry


def shaped(entries: list[Any], shape: tuple[int, ...]) -> Any:
    """Return a flat list as nested lists of a shape."""
    for size in reversed(shape[1:]):
        entries = [entries[start : start + size] for start in range(0, len(entries), size)]
    return entries
