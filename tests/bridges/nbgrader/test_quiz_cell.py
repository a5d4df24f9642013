"""The quiz cell is read as literals: what is code is refused, what is large or deep never reaches the parser."""

import json
import subprocess
import sys

import pytest
import yaml

from grader.bridges.nbgrader import quiz_cell
from grader.bridges.nbgrader.quiz_cell import answers_in, is_quiz_cell
from grader.submissions.answer_sheet import read_sheet
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.tally import Item


def given(*sources):
    """Return the answers that the cells give, as an answer sheet is read."""
    answers = answers_in(sources)
    assert answers.problem is None
    sheet = read_sheet(Item("answers.yaml", answers.sheet), DEFAULT_LIMITS)
    assert sheet.problem is None
    return {name: [each.raw for each in found] for name, found in sheet.given.items()}


def test_every_kind_of_answer_comes_through():
    """Numbers, texts, lists, tuples, sets, booleans and dicts; None is no answer."""
    source = """\
# a remark
quiz_answers = {
    "number": 1e-05, "whole": 12, "text": 'it\\'s "so": 是', "shape": (2, 3), "many": {"b", "a"}, "yes": True,
    "matrix": [[1.0, -2], [3, 4]], "pairs": {"a": 2}, "none": None, "emoji": "\N{GRINNING FACE}\\d",
}
"""
    assert given(source) == {
        "number": [1e-05],
        "whole": [12],
        "text": ['it\'s "so": 是'],
        "shape": [[2, 3]],
        "many": [["a", "b"]],
        "yes": [True],
        "matrix": [[[1.0, -2], [3, 4]]],
        "pairs": [{"a": 2}],
        "emoji": ["\N{GRINNING FACE}\\d"],
    }


def test_several_cells_are_one_sheet():
    """Of a question that two cells answer, the last one counts."""
    assert given("x = 1", 'quiz_answers = {"a": 1, "b": 2}', 'quiz_answers = {"b": 3}') == {"a": [1], "b": [3]}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("quiz_answers = {}", True),
        ("# hi\nquiz_answers={", True),
        ("quiz_answers == 1", False),
        ("  quiz_answers = {}", False),
        ("my_quiz_answers = {}", False),
    ],
)
def test_a_quiz_cell_is_known_by_its_variable(source, expected):
    """Wherever it stands, and whatever else stands in it."""
    assert is_quiz_cell(source) is expected


@pytest.mark.parametrize(
    "source",
    [
        "quiz_answers = {'a': open('x')}",
        "quiz_answers = {'a': 1}\nprint(1)",
        "quiz_answers = [1]",
        "quiz_answers = {1: 2}",
        "quiz_answers = {'a': b'bytes'}",
        "quiz_answers = {'a': 1j}",
        "quiz_answers = {'a': {(1, 2): 3}}",
        "quiz_answers = {'a': {[]: 3}}",
        "quiz_answers = {'a': 1",
        "quiz_answers = {'a': '\0'}",
        "quiz_answers = {'a': " + "9" * 5000 + "}",
        "quiz_answers = {'a': f'{1}'}",
        "quiz_answers = other = {'a': 1}",
    ],
)
def test_what_is_no_dict_of_literals_is_refused_with_a_reason(source):
    """In both languages, and without an answer that counts."""
    answers = answers_in([source])
    assert answers.sheet is None
    assert "quiz_answers" in answers.problem.text("en")
    assert "quiz_answers" in answers.problem.text("zh")


def test_a_notebook_without_a_quiz_cell_is_told_so():
    """There is no sheet, and the reason is another one."""
    answers = answers_in(["def quiz(): pass"])
    assert answers.sheet is None
    assert answers.problem.key == "nbgrader.no_quiz_cell"


HOSTILE = {
    "brackets": "quiz_answers = {'a': " + "[" * 15_000,
    "closed": "quiz_answers = {'a': " + "(" * 9 + ")" * 9 + "}",
    "minus": "quiz_answers = {'a': " + "-" * 32_000 + "1}",
    "not": "quiz_answers = {'a': " + "not " * 8_000 + "1}",
    "sum": "quiz_answers = {'a': " + "1+" * 16_000 + "1}",
    "dots": "quiz_answers = {'a': x" + ".x" * 16_000 + "}",
    "lambda": "quiz_answers = {'a': " + "lambda:" * 4_600 + "1}",
    "power": "quiz_answers = {'a': " + "2**" * 10_000 + "2}",
    "if": "quiz_answers = {'a': " + "1 if 1 else " * 2_700 + "1}",
    "large": "quiz_answers = {'a': '" + "x" * 40_000 + "'}",
}


def test_sources_made_to_break_the_parser_are_refused():
    """Each is refused in a process that lives on and says so at the end; none gives an answer."""
    script = (
        "import sys, json\n"
        "from grader.bridges.nbgrader.quiz_cell import answers_in\n"
        "for source in json.load(sys.stdin):\n"
        "    assert answers_in([source]).sheet is None\n"
        "print('alive')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(list(HOSTILE.values())),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr[-500:]


def test_what_is_too_long_or_too_deep_never_reaches_the_parser(monkeypatch):
    """The size and the brackets are looked at first."""
    monkeypatch.setattr(quiz_cell.ast, "parse", lambda source: pytest.fail(f"parsed {len(source)} characters"))
    for name in ("brackets", "closed", "large"):
        assert answers_in([HOSTILE[name]]).sheet is None


def test_halves_of_characters_give_a_sheet_that_can_be_read():
    """A lone surrogate in a text is replaced, not raised."""
    (text,) = given('quiz_answers = {"a": "x\\ud800y"}')["a"]
    assert text.startswith("x")
    assert yaml.safe_load(answers_in(['quiz_answers = {"a": 1}']).sheet) == {
        "version": 1,
        "answers": [{"question": "a", "answer": 1}],
    }
