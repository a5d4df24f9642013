"""Docstrings in both languages become docstrings in one; everything else stays as it is."""

import ast

import pytest

from grader.catalogue.one_language import in_one_language, titled
from grader.catalogue.release import given_text
from grader.catalogue.rules import CHINESE

BOTH = '''"""A head.

头部。
"""

X = """Two

段落。"""


def f():
    r"""The first line
    and the second.

    两行
    中文。
    """
    return "保留"
'''


@pytest.mark.parametrize(
    ("language", "head", "body"),
    [("en", "A head.", "The first line\nand the second."), ("zh", "头部。", "两行\n中文。")],
)
def test_each_docstring_is_in_one_language(language, head, body):
    """Docstrings alone are chosen from: a text that only looks like one keeps both of its paragraphs."""
    tree = ast.parse(in_one_language(BOTH, language))
    assert ast.get_docstring(tree) == head
    assert ast.get_docstring(tree.body[2]) == body
    assert tree.body[1].value.value == "Two\n\n段落。"
    assert tree.body[2].body[1].value.value == "保留"


def test_a_docstring_in_one_language_stays():
    """Two English paragraphs are a contract, and no translation."""
    source = 'def f():\n    """One.\n\n    Two.\n    """\n'
    assert in_one_language(source, "zh") == source


def test_no_chinese_is_left_in_english_code(course):
    """Holds for every starter and every public test of the course."""
    for exercise in course.exercises:
        for path in (exercise.starter, exercise.public_tests):
            assert not CHINESE.search(in_one_language(given_text(path), "en")), path


def test_a_title_is_one_line_of_one_language():
    """As views of a test's docstring show it."""
    assert titled("The\nfirst.\n\n第一。", "en") == "The first."
    assert titled("The\nfirst.\n\n第一。", "zh") == "第一。"
    assert titled("Only one.", "zh") == "Only one."
