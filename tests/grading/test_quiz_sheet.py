"""Answer sheets as they are given out: readable, complete, and without a key."""

import json
import re

import pytest
import yaml

from grader.catalogue.course import load_course
from grader.grading.options import Options, load_assignment
from grader.grading.quiz_marks import mark_quizzes
from grader.grading.quiz_sheet import WIDTH, blank_sheet, sheet_text
from grader.quiz.kinds.table import KINDS
from grader.quiz.make import make_variant
from grader.quiz.seed import seed_of, sheet_mark
from grader.submissions.answer_sheet import read_sheet
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.tally import Item

SECRET = b"a secret of the tests"


def read(text):
    """Read a sheet back."""
    return read_sheet(Item("answers.yaml", text.encode()), DEFAULT_LIMITS)


def filled(text, answers):
    """Return a blank sheet with an answer in each place, as plain JSON, which YAML reads."""

    def fill(found):
        return f"{found[1]} {json.dumps(answers[found[2]], ensure_ascii=False)}"

    return re.sub(r"(  - question: (\w+)\n    answer:)(?: \|)?", fill, text)


@pytest.fixture(scope="module")
def whole_course(root):
    """Return the project's course, to give out all of its quizzes."""
    return load_course(root)


@pytest.fixture(scope="module")
def variants(whole_course):
    """Return every variant that `王小明` is asked."""
    return [
        make_variant(each, seed_of(SECRET, "王小明", each.id), whole_course.config.quiz.tolerance)
        for questions in whole_course.quizzes.values()
        for each in questions
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_blank_sheet_reads_back_with_every_question(whole_course, variants, language):
    """It is an answer sheet of that student with an empty place for each question, in the course's order."""
    text = blank_sheet(whole_course, whole_course.quiz_units, "王小明", SECRET, language)
    sheet = read(text)
    assert sheet.problem is None
    assert sheet.marks == (sheet_mark(SECRET, "王小明"),)
    assert list(sheet.given) == [each.question.id for each in variants]
    assert {answer.raw for answers in sheet.given.values() for answer in answers} == {None, ""}
    assert list(yaml.safe_load(text)) == ["version", "sheet", "answers"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_blank_sheet_holds_no_key(whole_course, variants, language):
    """No explanation, no misconception, no model answer and no code of the withheld half stands in it."""
    text = blank_sheet(whole_course, whole_course.quiz_units, "王小明", SECRET, language)
    flat = " ".join(line.removeprefix("# ") for line in text.split("\n"))
    for variant in variants:
        answer = variant.question.answer
        withheld = [variant.explanation[language], *(each.misconception for each in variant.mistakes)]
        withheld += [answer.model.in_language(language)] if answer.model else []
        assert [part for part in withheld if part in flat] == [], variant.question.id
    assert "canary" not in text


def test_what_is_shown_to_be_put_in_order_is_not_the_order(whole_course, variants):
    """Lines and options are shuffled: over the course, the right one does not stand where it was written."""
    orders = [each for each in variants if each.question.kind == "order"]
    assert orders
    assert any([option.id for option in each.options] != each.key for each in orders)
    assert whole_course.quiz_units


def test_typed_keys_earn_full_marks(root, whole_course, variants):
    """Whoever types every key into the blank sheet has every point of every quiz, and nothing is left unread."""
    text = blank_sheet(whole_course, whole_course.quiz_units, "王小明", SECRET, "zh")
    keys = {each.question.id: KINDS[each.question.kind].typed(each.key, each) or "因为" for each in variants}
    keys |= {each.question.id: each.key for each in variants if each.question.kind == "true_false"}
    found = mark_quizzes("王小明", read(filled(text, keys)), load_assignment(Options(root, SECRET)))
    verdicts = {answer.id: answer.verdict for quiz in found.quizzes for answer in quiz.answers}
    assert {name for name, verdict in verdicts.items() if verdict not in {"right", "waiting"}} == set()
    assert [(quiz.points, quiz.max_points) for quiz in found.quizzes] == [
        (pytest.approx(unit.quiz.points, abs=1e-3),) * 2 for unit in whole_course.config.units if unit.quiz
    ]
    assert found.remarks == found.traces == ()


def test_a_sheet_is_the_students_own(quiz_root):
    """Other students have other numbers and another mark; the same student gets the same sheet again."""
    course = load_course(quiz_root)
    ada, again, bob = (blank_sheet(course, ("weights",), each, SECRET, "en") for each in ("ada", "ada", "bob"))
    assert ada == again
    assert ada != bob.replace("bob", "ada")
    assert "print_outs" not in ada
    assert "printed" not in ada


@pytest.mark.parametrize("name", ["---\nversion: 2", "*a &b !!x", "#", "\u2028answers: {}", "y\r\nz: 1", "{{ 7*7 }}"])
def test_a_students_name_stays_in_its_comment(quiz_root, name):
    """Whatever a student is called, the sheet reads back."""
    course = load_course(quiz_root)
    sheet = read(blank_sheet(course, course.quiz_units, name, SECRET, "en"))
    assert sheet.problem is None
    assert set(sheet.given) == {"doubled", "larger", "holds", "tripled", "why", "printed"}


def test_prose_is_wrapped_and_code_is_not(whole_course):
    """No line of prose is wider than a page; code keeps its lines."""
    text = blank_sheet(whole_course, whole_course.quiz_units, "ada", SECRET, "en")
    prose = [line for line in text.split("\n") if line.startswith("# ") and not line.startswith("#     ")]
    assert max(map(len, prose)) <= WIDTH + 2
    assert any(line.startswith("#     x = torch.tensor(") for line in text.split("\n"))


@pytest.mark.parametrize(
    "raw", ["a: b", "- a", "#", "'", "null", "true", "1e5", "两行\n文本\n", " x ", "\t", "!!x", "y"]
)
def test_what_was_typed_is_kept_as_it_was(raw):
    """An answer that looks like YAML comes back as the very text."""
    sheet = read(sheet_text("0123", [("rows", 2, raw)]))
    assert sheet.answers("rows")[0].raw == raw
    assert (sheet.marks, sheet.answers("rows")[0].attempt) == (("0123",), 2)
