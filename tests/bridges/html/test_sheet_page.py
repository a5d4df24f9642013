"""The page of a student's own questions: it holds what is asked, and nothing of what is right."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from grader.bridges.html.page import packaged
from grader.bridges.html.sheet_page import SCRIPTS, OwnSheet, question_data, render_sheet, sheet_data
from grader.catalogue.course import load_course
from grader.catalogue.question import QuestionKind
from grader.catalogue.rules import CANARY
from grader.quiz.plain import shape_of
from grader.quiz.seed import sheet_mark
from grader.quiz.variant import Mistake
from grader.wording.message import table

COURSE = Path(__file__).parent.parent / "course"
SECRET = b"a secret that no page may hold"
SHAPED = (QuestionKind.NUMERIC, QuestionKind.TENSOR)


@pytest.fixture(scope="module")
def sheet():
    """Return the sheet of a student in the course with every kind of question."""
    return OwnSheet(load_course(COURSE), ("everything",), "ada", SECRET, "Ada")


@pytest.fixture(scope="module")
def data(sheet):
    """Return the data of the student's page."""
    return sheet_data(sheet, "en")


def another(value):
    """Return another value of the same shape."""
    return [another(each) for each in value] if isinstance(value, list) else value + 1


def test_what_is_right_does_not_enter_the_page(quizzes):
    """A variant with another key, other mistakes and another explanation gives the very same data."""
    for exports in quizzes:
        for variant in (each for pool in exports[0].pools for each in pool.variants):
            kind = variant.question.kind
            key = another(variant.key) if kind in SHAPED else "another key"
            assert kind not in SHAPED or shape_of(key) == shape_of(variant.key)
            other = replace(
                variant,
                key=key,
                find_accepted=lambda: pytest.fail("the page asks what is accepted"),
                mistakes=(Mistake("another", "M999"),),
                explanation={"en": "another", "zh": "另一个"},
                seed="another",
                question=replace(variant.question, answer=None),
            )
            assert question_data(other) == question_data(variant)


def test_options_go_by_their_letters(quizzes):
    """An option's own name may tell which is right; the page has letters and numbers alone, as answers do."""
    for exports in quizzes:
        for variant in (each for pool in exports[0].pools for each in pool.variants):
            found = question_data(variant)
            assert [each["id"] for each in found["options"]] == list("abcdefghijklmnop"[: len(variant.options)])
            assert [each["id"] for each in found["left"]] == [str(n + 1) for n in range(len(variant.left))]


def test_nothing_withheld_is_in_the_page(sheet, both_languages):
    """Neither the secret, nor a seed, an explanation or a model answer, nor the script that marks."""
    source = render_sheet(sheet, "en").decode()
    assert CANARY.removeprefix("# ") not in source
    assert SECRET.decode() not in source
    assert "marking" not in source
    told = [each.answer.explanation.en for each in (pool.question for pool in both_languages[0].pools)]
    told += [pool.question.answer.model.en for pool in both_languages[0].pools if pool.question.answer.model]
    assert not [each for each in told if each[:30] in source]


def test_the_page_is_the_students_own(data, sheet):
    """It carries the mark of the student's answer sheet, and another student's page has other numbers."""
    assert data["sheet"] == sheet_mark(SECRET, "ada")
    other = sheet_data(replace(sheet, student="eve"), "en")
    assert other["sheet"] != data["sheet"]
    assert other["units"] != data["units"]
    assert other["edition"] != data["edition"]


def test_the_page_runs_its_own_script_alone_and_loads_nothing(sheet):
    """The policy lets one script and one style through; the page has no address in it."""
    source = render_sheet(sheet, "zh").decode()
    assert "default-src 'none'; script-src 'sha256-" in source
    assert '<html lang="zh' in source
    assert not re.search(r"fetch\(|XMLHttp|eval\(|cookie|@import", source)
    assert set(re.findall(r"https?://[^\"<\s]+", "".join(map(packaged, SCRIPTS)))) == set()


def test_every_word_of_the_page_is_said():
    """The page's table holds what the page says, and nothing else."""
    scripts, template = "".join(map(packaged, SCRIPTS)), packaged("sheet_page.html.j2")
    names = set(re.findall(r'say\("(\w+)"', scripts)) | set(re.findall(r'data-say="(\w+)"', template))
    own, shared = set(table("sheet_page")), set(table("quiz_page"))
    told = {"open", "given", "unfinished", "language", "choose_language", "no_script"}
    assert names <= own | shared
    assert own - names - told == set()


def test_the_data_can_be_read_by_the_script(sheet, data):
    """What stands in the page is the data, whatever signs a course holds."""
    source = render_sheet(sheet, "en").decode()
    found = re.search(r'<script type="application/json" id="sheet">(.*?)</script>', source, re.DOTALL)
    assert json.loads(found[1]) == json.loads(json.dumps(data))
