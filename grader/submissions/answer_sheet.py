"""A student's answers to quiz questions: the file `answers.yaml`, as far as it can be read.

Owns the file's form. Knows no question: whether one exists, and what its answer is worth, is not its business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from grader.errors import ContentError
from grader.submissions.limits import IntakeLimits, spoken_size
from grader.submissions.names import shown
from grader.submissions.refusal import RefusedError, reason, refused
from grader.submissions.source import plain_text
from grader.submissions.tally import Item
from grader.wording.message import Message
from grader.yamlfile import Frozen, compose, line_of, validated

LONGEST_NAME = 100
MOST_ATTEMPTS = 1000


class SheetEntry(Frozen):
    """One answer, as it stands in the file."""

    question: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    attempt: Annotated[int, Field(ge=1, le=MOST_ATTEMPTS)] = 1
    answer: Any = None


class Sheet(Frozen):
    """The whole of `answers.yaml`."""

    version: Literal[1]
    sheet: Annotated[str, Field(max_length=LONGEST_NAME)] | None = None
    answers: tuple[SheetEntry, ...] = ()


@dataclass(frozen=True)
class GivenAnswer:
    """One answer, and where it stands."""

    attempt: int
    raw: Any
    place: str
    """File and line, such as `answers.yaml:12`."""


@dataclass(frozen=True)
class AnswerSheet:
    """The answers that a student handed in."""

    marks: tuple[str, ...] = ()
    """What says for whom the sheets were made: one mark for each student, none where the files say nothing of it."""
    given: Mapping[str, tuple[GivenAnswer, ...]] = field(default_factory=dict)
    """By question: the answers given to it, by attempt."""
    problem: Message | None = None
    """Why no answer of the sheet could be read, or that there is no sheet; else None."""

    def answers(self, question: str) -> tuple[GivenAnswer, ...]:
        """Return the answers given to a question, by attempt."""
        return self.given.get(question, ())


def no_sheet() -> AnswerSheet:
    """Return the sheet of a student who handed none in."""
    return AnswerSheet(problem=reason("no_answer_sheet"))


def read_sheet(item: Item, limits: IntakeLimits) -> AnswerSheet:
    """Return the answers in one file; a file that breaks its form gives a sheet with a problem."""
    try:
        return parsed(item, limits)
    except RefusedError as refusal:
        return AnswerSheet(problem=refusal.message)


def parsed(item: Item, limits: IntakeLimits) -> AnswerSheet:
    """Return the answers in one file; RefusedError names the file and, inside it, the line."""
    name = shown(item.name)
    if isinstance(item.content, Message):
        raise RefusedError(item.content)
    if len(item.content) > limits.max_sheet_bytes:
        raise refused("sheet_too_large", name=name, limit=spoken_size(limits.max_sheet_bytes))
    try:
        node = compose(plain_text(item.content, name=name), Path(name), limits.max_sheet_nodes)
        sheet = validated(node, Sheet, Path(name))
    except ContentError as problem:
        place = f"{name}:{problem.line}" if problem.line else name
        raise refused("broken_sheet", place=place, problem=shown(problem.problem)) from None
    found: dict[str, list[GivenAnswer]] = {}
    for index, entry in enumerate(sheet.answers):
        place = f"{name}:{line_of(node, ('answers', index))}"
        before = found.setdefault(entry.question, [])
        if any(each.attempt == entry.attempt for each in before):
            raise refused("answered_twice", place=place, question=shown(entry.question), attempt=entry.attempt)
        before.append(GivenAnswer(entry.attempt, entry.answer, place))
    by_attempt = {question: tuple(sorted(given, key=lambda each: each.attempt)) for question, given in found.items()}
    return AnswerSheet((sheet.sheet,) if sheet.sheet else (), by_attempt)


def joined_sheets(items: Sequence[Item], limits: IntakeLimits) -> AnswerSheet:
    """Return the answers in all sheets of a student as one, since sheets are made for single units too.

    Two answers to one question make all of them a problem, as does a sheet that can't be read.
    """
    sheets = [read_sheet(item, limits) for item in items]
    if problem := next((each.problem for each in sheets if each.problem), None):
        return AnswerSheet(problem=problem)
    given: dict[str, tuple[GivenAnswer, ...]] = {}
    for question, answers in (pair for sheet in sheets for pair in sheet.given.items()):
        before = given.get(question, ())
        if typed(before) and typed(answers) and typed(before) != typed(answers):
            names = ", ".join(shown(item.path) for item in items)
            return AnswerSheet(problem=reason("sheets_differ", names=names, question=shown(question)))
        given[question] = before if typed(before) else answers
    return AnswerSheet(tuple(sorted({mark for sheet in sheets for mark in sheet.marks})), given)


def typed(answers: Sequence[GivenAnswer]) -> list[tuple[int, Any]]:
    """Return what was typed, without the places that were left empty."""
    return [(each.attempt, each.raw) for each in answers if each.raw is not None and str(each.raw).strip()]
