"""Lines that a terminal has room for: prose in two languages, and code that can still be pasted."""

import ast

import pytest
from rich.cells import cell_len

from grader.reports.wrap import broken_code, wrapped

CHINESE = "README 中 x1^2 + x2^2 + x1 x2 的四个二阶导数，以及它的平方（见“文档”）的四个二阶导数。"
CODE = "f = lambda x: torch.stack([x[0] ** 2 + 3 * x[1], torch.sin(x[1]), x[2] * x[0] - 4 * x[1], 2.5 * x[2]])"


def test_english_is_broken_at_spaces():
    """No word is torn, and no line begins or ends with a space."""
    assert wrapped("Line 6 calls backward on a tensor without a graph.", 20) == [
        "Line 6 calls",
        "backward on a tensor",
        "without a graph.",
    ]


@pytest.mark.parametrize("width", [20, 33, 60])
def test_chinese_fills_its_lines(width):
    """A line of Chinese is broken between characters, so that all lines but the last are nearly full."""
    rows = wrapped(CHINESE, width)
    assert all(cell_len(row) <= width for row in rows)
    assert all(cell_len(row) >= width - 8 for row in rows[:-1])
    assert "".join("".join(rows).split()) == "".join(CHINESE.split())


@pytest.mark.parametrize("width", range(6, 60))
def test_no_line_begins_with_a_mark_that_closes(width):
    """Comma, full stop and closing bracket stay with what they follow; an opening one stays with what follows it."""
    rows = wrapped(CHINESE, width)
    assert not [row for row in rows[1:] if row[0] in "，。）”"]
    assert not [row for row in rows if row[-1] in "（“"]


def test_a_word_wider_than_the_line_is_cut():
    """What can't be broken is cut, and nothing is lost."""
    rows = wrapped("a " + "x" * 25 + " b", 10)
    assert all(len(row) <= 10 for row in rows)
    assert "".join(rows).replace(" ", "") == "a" + "x" * 25 + "b"


def test_lines_of_the_text_stay_lines():
    """A line that ends by itself is no longer; an empty one stays."""
    assert wrapped("a\n\nb", 10) == ["a", "", "b"]


@pytest.mark.parametrize("width", [40, 50, 60, 80])
def test_broken_code_is_the_same_code(width):
    """Code is broken inside brackets alone: what is pasted means the same."""
    rows = broken_code(CODE, width)
    assert len(rows) > 1
    assert all(len(row) <= width for row in rows)
    assert ast.dump(ast.parse("\n".join(rows))) == ast.dump(ast.parse(CODE))


def test_code_that_python_can_not_break_stays_whole():
    """Outside of brackets there is no place to break at."""
    line = "y = " + " + ".join(["value"] * 20)
    assert broken_code(line, 40) == [line]
    assert broken_code("short(1, 2)", 40) == ["short(1, 2)"]
