"""What students are told can't be read is what the grader can't read, kind by kind."""

from pathlib import Path

import pytest

from grader.catalogue import check_answers
from grader.catalogue.course import load_course
from grader.catalogue.release import shown_of
from grader.quiz.kinds.kind import UnreadableError
from grader.quiz.kinds.table import KINDS
from grader.quiz.make import make_variant
from grader.submissions.answer_sheet import read_sheet
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.tally import Item

COURSE = Path(__file__).parents[1] / "bridges" / "course"
WRITTEN = {
    "single": ["a", "B", "b)", "'a'", "a b", "z", "1", "?", "[a]"],
    "multiple": ["a", "a c", "a, c", "[a, c]", "ac", "a z", "none", '"a c"'],
    "true_false": ["true", "yes", "对", "错", "maybe", "1", '"false"'],
    "numeric": ["1", "-2.5", "1/4", "1e3", "[1]", "one", "1 2x", "nan", "１", '"3"'],
    "shape": ["(3, 2)", "3x2", "()", "[3, 2]", "3 by 2", '"(3, 2)"', "torch.Size([3, 2])", "a"],
    "order": ["a b", "b a c d e f", "a a", "x"],
    "match": ["a", "a b c d", "z z"],
    "output": ["tensor(1.)", "3", "true", "'a: b'"],
    "text": ["because", "'it is: so'"],
}


@pytest.fixture(scope="module")
def variants():
    """Return a variant of the first question of each kind."""
    found = {}
    course = load_course(COURSE)
    for question in course.quizzes["everything"]:
        found.setdefault(question.kind.value, make_variant(question, "0" * 16, course.config.quiz.tolerance))
    return found


def is_readable(variant, written):
    """Return whether the grader can read an answer that stands in a sheet."""
    name = variant.question.id
    text = f"version: 1\nanswers:\n  - question: {name}\n    answer: {written}\n"
    sheet = read_sheet(Item("answers.yaml", text.encode()), DEFAULT_LIMITS)
    if sheet.problem:
        return False
    try:
        KINDS[variant.question.kind].read(sheet.given[name][0].raw, variant)
    except UnreadableError:
        return False
    return True


@pytest.mark.parametrize(("kind", "written"), [(kind, each) for kind, texts in WRITTEN.items() for each in texts])
def test_the_script_and_the_grader_agree(variants, monkeypatch, kind, written):
    """An answer is told to be unreadable if, and only if, the grader can't read it."""
    variant = variants[kind]
    monkeypatch.setattr(check_answers, "QUESTIONS", {variant.question.id: shown_of(variant.question)})
    text = f"version: 1\nanswers:\n  - question: {variant.question.id}\n    answer: {written}\n"
    assert (not list(check_answers.problems_in(text))) == is_readable(variant, written)
