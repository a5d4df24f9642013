"""The cell that holds a student's quiz answers: a dict of literals, read and never run.

Owns the cell's form: `quiz_answers = {"question": answer, …}`. Knows no question: what an answer is worth is not its
business. Knows no module of nbgrader.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

from grader.wording.message import Message, message

VARIABLE = "quiz_answers"
"""The variable by which the cell is known wherever it stands."""
ASSIGNED = re.compile(rf"^{VARIABLE}\s*=(?!=)", re.MULTILINE)
LONGEST = 32 * 1024
"""Characters of a cell that is read; nobody writes more answers by hand."""
DEEPEST = 8
"""Brackets within one another: a matrix in a dict has three."""


def is_quiz_cell(source: str) -> bool:
    """Say whether a cell's source sets the quiz answers."""
    return ASSIGNED.search(source) is not None


@dataclass(frozen=True)
class Answers:
    """What the quiz cells of a notebook say."""

    sheet: bytes | None = None
    """The answers as an answer sheet, or None where there is none that can be read."""
    problem: Message | None = None
    """Why there is none, else None."""


def answers_in(sources: Iterable[str]) -> Answers:
    """Return the answers of all cells that set them; of a question that is answered twice, the last one counts."""
    cells = [source for source in sources if is_quiz_cell(source)]
    answers: dict[str, object] = {}
    for source in cells:
        found = literals(source)
        if found is None:
            return Answers(problem=message("nbgrader.broken_quiz_cell", variable=VARIABLE))
        answers.update(found)
    if not cells:
        return Answers(problem=message("nbgrader.no_quiz_cell", variable=VARIABLE))
    given = [{"question": name, "answer": value} for name, value in answers.items()]
    text = yaml.safe_dump({"version": 1, "answers": given}, allow_unicode=True, sort_keys=False)
    return Answers(sheet=text.encode("utf-8", "replace"))


def literals(source: str) -> Mapping[str, object] | None:
    """Return the answered questions of one cell, or None where it is not a single dict of literals."""
    if len(source) > LONGEST or depth(source) > DEEPEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in a text is no business of ours
            match ast.parse(source).body:
                case [ast.Assign(targets=[ast.Name(id=name)], value=value)] if name == VARIABLE:
                    found = ast.literal_eval(value)
                case _:
                    return None
        if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
            return None
        return {name: plain(value) for name, value in found.items() if value is not None}
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None


def depth(source: str) -> int:
    """Return how deep brackets stand within one another; those in texts count too."""
    deepest = now = 0
    for character in source:
        if character in "([{":
            now += 1
            deepest = max(deepest, now)
        elif character in ")]}":
            now = max(0, now - 1)
    return deepest


def plain(value: object) -> object:
    """Return a literal as a sheet can hold it; ValueError for one that is no answer to anything."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [plain(each) for each in value]
        case set() | frozenset():
            return sorted((plain(each) for each in value), key=repr)
        case dict():
            return {plain_key(key): plain(each) for key, each in value.items()}
    raise ValueError(f"{type(value).__name__} is no answer")


def plain_key(key: object) -> object:
    """Return the key of a dict; ValueError for one that a sheet can't hold."""
    if isinstance(key, str | int | float):
        return key
    raise ValueError(f"{type(key).__name__} is no key")
