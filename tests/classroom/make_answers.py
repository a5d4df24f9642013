"""Write the quiz answers among the submissions, which hang on the class's secret.

A student's numbers are drawn from the secret that the class is graded with, so the sheets can't be written by hand.
Run this file after a change of a quiz; a test says when that was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.catalogue.course import load_course
from grader.catalogue.question import QuestionKind
from grader.grading.quiz_sheet import sheet_text
from grader.quiz.kinds.table import KINDS
from grader.quiz.make import make_variant
from grader.quiz.seed import seed_of, sheet_mark
from grader.quiz.variant import Variant

HERE = Path(__file__).resolve().parent
SUBMISSIONS = HERE / "submissions"
SECRET = "classroom"
"""What `make grade` and the tests grade the class with; the class is public, so this is none."""

WHOLE = frozenset({QuestionKind.SINGLE, QuestionKind.NUMERIC, QuestionKind.SHAPE, QuestionKind.EXCEPTION})
"""The kinds of which an answer is right as a whole or not at all."""
BOMB = "version: 1\nanswers:\n  - &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"  - &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


class Student:
    """Somebody who answers questions."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.course = load_course(HERE / "course.yaml")

    def variants(self, *units: str) -> Iterator[Variant]:
        """Yield what the student is asked in some units, or in all for none."""
        for unit in units or self.course.quiz_units:
            for question in self.course.quizzes[unit]:
                seed = seed_of(SECRET.encode(), self.name, question.id)
                yield make_variant(question, seed, self.course.config.quiz.tolerance)

    def sheet(self, answers: dict[str, Any], *, made_for: str | None = None) -> str:
        """Return the student's answer sheet."""
        mark = sheet_mark(SECRET.encode(), made_for or self.name)
        return sheet_text(mark, [(name, 1, answer) for name, answer in answers.items()])


def typed(variant: Variant, value: Any) -> Any:
    """Return an answer as a student writes it; free text where nothing else would do."""
    return KINDS[variant.question.kind].typed(value, variant) or "Because of the chain rule, I think."


def right(variant: Variant) -> Any:
    """Return the right answer."""
    return variant.key if variant.question.kind is QuestionKind.TRUE_FALSE else typed(variant, variant.key)


def everything(student: Student) -> str:
    """Every question, rightly."""
    return student.sheet({each.question.id: right(each) for each in student.variants()})


def mistaken(student: Student) -> str:
    """The first two units; wherever an answer is right or not, what the question's first misconception gives."""
    return student.sheet(
        {
            each.question.id: typed(each, each.mistakes[0].value) if each.question.kind in WHOLE else right(each)
            for each in student.variants("weights", "accumulation")
        }
    )


def scribbled(student: Student) -> str:
    """The units of sums and of Jacobians: choices and one number right, shapes and tensors unreadable, gaps."""
    words = {QuestionKind.TENSOR: "minus the second row", QuestionKind.SHAPE: "square", QuestionKind.ORDER: [["a"], 1]}
    answers: dict[str, Any] = {}
    for each in student.variants("sums", "jacobian"):
        kind = each.question.kind
        answers[each.question.id] = (
            words[kind] if kind in words else None if kind is QuestionKind.MATCH else right(each)
        )
    return student.sheet(answers)


def bomb(_student: Student) -> str:
    """Aliases that would grow to a billion answers."""
    return BOMB


def a_neighbours(_student: Student) -> str:
    """The neighbour's sheet, handed in as it is."""
    return everything(Student("amelia_hart"))


def out_of_date(student: Student) -> str:
    """Half a unit, free text that looks like anything, and questions that the course does not have."""
    answers = {each.question.id: right(each) for each in student.variants("graph")}
    answers = dict(list(answers.items())[:8])
    strange = "=HYPERLINK('http://evil.example') <script>alert(1)</script> \x1b[2J\u202e **bold** $\\frac{1}{2}$"
    return student.sheet({**answers, "eval_no_grad_or_detach": strange, "last_years_question": 42, "<b>": "a"})


SHEETS = {
    "amelia_hart": everything,
    "elif_yilmaz": a_neighbours,
    "liam_obrien": mistaken,
    "oskar_lindqvist": scribbled,
    "petra_novotna": bomb,
    "quentin_dubois": out_of_date,
}


def sheets() -> dict[str, str]:
    """Return every answer sheet by its student."""
    return {name: fill(Student(name)) for name, fill in SHEETS.items()}


def write_sheets() -> None:
    """Write every answer sheet among the submissions."""
    for name, text in sheets().items():
        (SUBMISSIONS / name / "answers.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_sheets()
