"""One quiz question: what a student reads of it, and what torch computes its key from.

Owns the form of the two mirrored files `exercises/<unit>/quiz.yaml` and `solutions/<unit>/quiz.yaml`. Runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import ConfigDict, Field, model_validator

from grader.config.course_config import Positive, Slug, Text
from grader.errors import ContentError
from grader.yamlfile import Frozen, load_yaml, read_text

Expression = Annotated[str, Field(min_length=1)]
MisconceptionId = Annotated[str, Field(pattern=r"^M[0-9]{2,3}$")]
ABOUT_DOCUMENTS = (
    "the documents' outputs, claims and errata that it asks about, as [d0-o1], or [beyond] for what no document tells"
)
MOST_LINES = 6
"""The most lines to be ordered: every order of them is run."""


class QuestionKind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    NUMERIC = "numeric"
    TENSOR = "tensor"
    SHAPE = "shape"
    OUTPUT = "output"
    EXCEPTION = "exception"
    ORDER = "order"
    MATCH = "match"
    TEXT = "text"


class Needs(NamedTuple):
    """The fields that a kind of question must have, of those that not every kind has."""

    sheet: frozenset[str] = frozenset()
    answer: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    wrong: frozenset[str] = frozenset()
    """A wrong answer has at least one of these, and none of the other kinds'."""


def needs(sheet: str = "", answer: str = "", optional: str = "", wrong: str = "") -> Needs:
    """Return `Needs` from names set apart by blanks."""
    return Needs(*(frozenset(names.split()) for names in (sheet, answer, optional, wrong)))


NEEDS: Mapping[QuestionKind, Needs] = {
    QuestionKind.SINGLE: needs("options", "key", wrong="option"),
    QuestionKind.MULTIPLE: needs("options", "key", wrong="option"),
    QuestionKind.TRUE_FALSE: needs(answer="key"),
    QuestionKind.NUMERIC: needs(answer="key", optional="independent", wrong="answer"),
    QuestionKind.TENSOR: needs(answer="key", optional="independent", wrong="answer"),
    QuestionKind.SHAPE: needs(answer="key", optional="independent", wrong="answer"),
    QuestionKind.OUTPUT: needs("code", wrong="answer code"),
    QuestionKind.EXCEPTION: needs("code", optional="key", wrong="answer raises"),
    QuestionKind.ORDER: needs("lines", "key result", wrong="order"),
    QuestionKind.MATCH: needs("left right", "key", wrong="pairs"),
    QuestionKind.TEXT: needs(answer="model"),
}


class DrawRule(Frozen):
    """How one parameter is drawn; exactly one of `numbers`, `integers`, `choices` and `is`."""

    model_config = ConfigDict(populate_by_name=True)

    numbers: tuple[float, float, Positive] | None = None
    """Lowest, highest and step."""
    integers: tuple[int, int] | None = None
    """Lowest and highest, both included."""
    choices: Annotated[tuple[Any, ...], Field(min_length=2)] | None = None
    expression: Annotated[Expression | None, Field(alias="is")] = None
    shape: tuple[Annotated[int, Field(gt=0)], ...] = ()
    distinct: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> DrawRule:
        ways = [each for each in (self.numbers, self.integers, self.choices, self.expression) if each is not None]
        if len(ways) != 1:
            raise ValueError("give one of numbers, integers, choices and is")
        for pair in (self.numbers, self.integers):
            if pair and pair[0] > pair[1]:
                raise ValueError("the lowest number comes first")
        return self


class Option(Text):
    """Something to choose, in both languages."""

    id: Slug


class QuestionSheet(Frozen):
    """What a student may read of a question."""

    id: Slug
    kind: QuestionKind
    concepts: Annotated[tuple[str, ...], Field(min_length=1)]
    documents: Annotated[tuple[str, ...], Field(min_length=1, description=ABOUT_DOCUMENTS)]
    points: Positive = 1.0
    draw: dict[Slug, DrawRule] = Field(default_factory=dict)
    where: Expression | None = None
    text: Text
    code: str = ""
    options: tuple[Option, ...] = ()
    lines: Annotated[dict[Slug, str], Field(max_length=MOST_LINES)] = Field(default_factory=dict)
    left: tuple[Option, ...] = ()
    right: tuple[Option, ...] = ()
    hint_for: Slug | None = None


class WrongAnswer(Frozen):
    """What a learner who holds a misconception answers."""

    misconception: MisconceptionId
    answer: Expression | None = None
    code: str = ""
    raises: str | None = None
    option: Slug | None = None
    order: tuple[Slug, ...] | None = None
    pairs: dict[Slug, Slug] | None = None


class Documented(Frozen):
    """A documented output that the question's key must give for the document's own numbers."""

    model_config = ConfigDict(populate_by_name=True)

    output: str
    parameters: Annotated[dict[Slug, Any], Field(alias="with")] = Field(default_factory=dict)
    gives: Any


class AnswerSheet(Frozen):
    """What is withheld of a question."""

    id: Slug
    work: str = ""
    key: Expression | None = None
    result: Expression | None = None
    independent: Expression | None = None
    documented: tuple[Documented, ...] = ()
    wrong: tuple[WrongAnswer, ...] = ()
    model: Text | None = None
    explanation: Text


class QuestionFile(Frozen):
    """The whole of a unit's `quiz.yaml` under exercises/."""

    version: Literal[1]
    questions: Annotated[tuple[QuestionSheet, ...], Field(min_length=1)]


class AnswerFile(Frozen):
    """The whole of a unit's `quiz.yaml` under solutions/."""

    version: Literal[1]
    answers: Annotated[tuple[AnswerSheet, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Question:
    """A question: its two sheets, and where they lie."""

    unit: str
    sheet: QuestionSheet
    answer: AnswerSheet
    folder: Path
    """The course's folder."""

    @property
    def id(self) -> str:
        """Return the question's id."""
        return self.sheet.id

    @property
    def kind(self) -> QuestionKind:
        """Return how it is answered."""
        return self.sheet.kind

    def broken(self, problem: str, *, withheld: bool = True) -> ContentError:
        """Return the error of a question that does not work, told at its place."""
        path = quiz_path(self.folder, self.unit, withheld=withheld)
        return ContentError(f"question {self.id}: {problem}", path=path, line=line_of_id(path, self.id))


def quiz_path(root: Path, unit: str, *, withheld: bool) -> Path:
    """Return the path of a unit's questions, or of their withheld half."""
    return root / ("solutions" if withheld else "exercises") / unit / "quiz.yaml"


def line_of_id(path: Path, name: str) -> int | None:
    """Return the line on which the question `name` begins."""
    text = read_text(path)
    found = re.search(rf"^ *- *id: *{re.escape(name)} *$", text, re.MULTILINE)
    return text[: found.start()].count("\n") + 1 if found else None


def load_quiz(root: Path, unit: str) -> tuple[Question, ...]:
    """Return a unit's questions in order; ContentError when its files don't mirror or a question breaks its form."""
    path = quiz_path(root, unit, withheld=True)
    sheets = load_yaml(quiz_path(root, unit, withheld=False), QuestionFile).questions
    answers = load_yaml(path, AnswerFile).answers
    for sheet, answer in zip(sheets, answers, strict=False):
        if sheet.id != answer.id:
            line = line_of_id(path, answer.id)
            raise ContentError(
                f"{answer.id} stands where {sheet.id} belongs; keep both files in order", path=path, line=line
            )
    if len(sheets) != len(answers):
        raise ContentError(f"{len(answers)} answers for {len(sheets)} questions; each has one", path=path)
    questions = tuple(Question(unit, sheet, answer, root) for sheet, answer in zip(sheets, answers, strict=True))
    for question in questions:
        check_form(question)
    return questions


def check_form(question: Question) -> None:
    """Raise for a question that lacks what its kind needs, or has what only other kinds have."""
    kind, sheet, answer = question.kind, question.sheet, question.answer
    wanted = NEEDS[kind]
    special = {name for each in NEEDS.values() for name in each.sheet - {"code"}}
    withheld = {name for each in NEEDS.values() for name in each.answer | each.optional}
    for half, required, known in (
        (sheet, wanted.sheet, special),
        (answer, wanted.answer, withheld),
    ):
        for name in sorted(required):
            if not getattr(half, name):
                raise question.broken(f"a {kind} question needs {name}; add it", withheld=half is answer)
        for name in sorted(known - required - wanted.optional):
            if getattr(half, name):
                raise question.broken(f"{name} is nothing for a {kind} question; remove it", withheld=half is answer)
    check_wrong(question, wanted.wrong)
    check_ids(question)
    names = set(sheet.draw)
    for each in answer.documented:
        if each.parameters.keys() != names:
            raise question.broken(f"`with` of {each.output} must give {', '.join(sorted(names)) or 'no parameter'}")


def check_wrong(question: Question, ways: frozenset[str]) -> None:
    """Raise for wrong answers that are missing, or told in another way than the kind's."""
    by_hand = question.kind is QuestionKind.TEXT
    if by_hand and question.answer.wrong:
        raise question.broken("a text question is marked by hand; remove its wrong answers")
    if not by_hand and not question.answer.wrong:
        raise question.broken("there is no wrong answer; add one with its misconception")
    for wrong in question.answer.wrong:
        given = {name for name in ("answer", "raises", "option", "order", "pairs") if getattr(wrong, name) is not None}
        given |= {"code"} if wrong.code else set()
        allowed = ways | ({"code"} if "answer" in ways else set())
        if (ways and not given & ways) or not given <= allowed or len(given - {"code"}) > 1:
            wanted = " or ".join(sorted(ways)) or "nothing but its misconception"
            raise question.broken(f"a wrong answer of a {question.kind} question gives {wanted}")


def check_ids(question: Question) -> None:
    """Raise for an option's id that stands twice, or one that a wrong answer names and no option has."""
    sheet = question.sheet
    options, left, right = ([each.id for each in side] for side in (sheet.options, sheet.left, sheet.right))
    for ids in (options, left, right):
        twice = next((each for each in ids if ids.count(each) > 1), None)
        if twice:
            raise question.broken(f"the id {twice} stands twice among its options; rename one", withheld=False)
    for wrong in question.answer.wrong:
        pairs = wrong.pairs or {}
        for names, known in ((filter(None, [wrong.option]), options), (pairs.keys(), left), (pairs.values(), right)):
            for name in names:
                if name not in known:
                    raise question.broken(f"{wrong.misconception} names {name}, but the ids are {', '.join(known)}")
