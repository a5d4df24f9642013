"""A student's own questions, answered in a browser: kept on a reload, written as answers.yaml, read by the grader."""

import pytest

from grader.bridges.html.sheet_page import OwnSheet, render_sheet, sheet_data
from grader.quiz.seed import sheet_mark
from grader.submissions.answer_sheet import parsed
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.tally import Item

SECRET = b"a secret"


@pytest.fixture(scope="module")
def sheet(course):
    """Return the sheet of a student in the course with every kind of question."""
    return OwnSheet(course, ("everything",), "ada", SECRET, "Ada")


@pytest.fixture(scope="module")
def questions(sheet):
    """Return the questions of the page, with their numbers, by kind: the first of each."""
    (unit,) = sheet_data(sheet, "en")["units"]
    found = {}
    for number, each in enumerate(unit["questions"], 1):
        found.setdefault(each["kind"], (number, each))
    return found


@pytest.fixture
def page(browser, sheet, tmp_path):
    """Yield the page, freshly opened."""
    path = tmp_path / "quiz.html"
    path.write_bytes(render_sheet(sheet, "en"))
    opened = browser.new_page()
    opened.goto(path.as_uri())
    yield opened
    opened.close()


def section(page, questions, kind):
    """Return the section of the first question of a kind."""
    return page.locator(f"#question-{questions[kind][0]}")


def answered(page, tmp_path):
    """Return what the grader reads from the file that the page writes."""
    with page.expect_download() as download:
        page.locator("#write").click()
    path = tmp_path / "answers.yaml"
    download.value.save_as(path)
    assert download.value.suggested_filename == "answers.yaml"
    found = parsed(Item(path.name, path.read_bytes()), DEFAULT_LIMITS)
    return found, {name: given[0].raw for name, given in found.given.items() if given[0].raw is not None}


def test_answers_are_kept_and_written(page, questions, tmp_path):
    """After a reload everything is there; the file holds the answers as they would be typed, and the sheet's mark."""
    section(page, questions, "single").locator("input").nth(1).check()
    section(page, questions, "true_false").locator("input").first.check()
    entries = section(page, questions, "tensor").locator("input.entry")
    for at in range(entries.count()):
        entries.nth(at).fill("1/4")
    section(page, questions, "text").locator("textarea").fill('It says "no":\nthe end')
    page.reload()
    assert section(page, questions, "single").locator("input").nth(1).is_checked()
    found, given = answered(page, tmp_path)
    assert found.marks == (sheet_mark(SECRET, "ada"),)
    shape = questions["tensor"][1]["shape"]
    assert given[questions["single"][1]["id"]] == "b"
    assert given[questions["true_false"][1]["id"]] == "true"
    assert given[questions["text"][1]["id"]] == 'It says "no":\nthe end'
    assert given[questions["tensor"][1]["id"]].count("1/4") == entries.count()
    assert given[questions["tensor"][1]["id"]].count("[") >= len(shape)
    assert len(given) == 4
    assert page.locator("#done").inner_text() == "4"


def test_a_part_of_an_answer_is_none(page, questions, tmp_path):
    """A question that is half filled in is told, and left out of the file; lines count once somebody says so."""
    section(page, questions, "tensor").locator("input.entry").first.fill("2")
    number = questions["tensor"][0]
    assert page.locator("#missing").inner_text() == f"Not finished: {number}"
    assert answered(page, tmp_path)[1] == {}
    section(page, questions, "order").get_by_role("button", name="The order is right").click()
    lines = len(questions["order"][1]["options"])
    assert answered(page, tmp_path)[1] == {questions["order"][1]["id"]: " ".join("abcdefgh"[:lines])}


def test_the_language_changes_and_answers_stay(page, questions):
    """The buttons at the top turn the page to Chinese."""
    section(page, questions, "shape").locator("input").fill("(3, 2)")
    page.get_by_role("button", name="中文").click()
    assert page.locator("html").get_attribute("lang").startswith("zh")
    assert section(page, questions, "shape").locator("input").input_value() == "(3, 2)"
    assert page.locator("#write").inner_text() == "写出 answers.yaml"


def test_no_barriers(page, axe):
    """axe-core finds nothing serious, on a light and on a dark page."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        assert [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []
