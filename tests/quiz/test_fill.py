"""Parameters are put into code as Python, and into maths as LaTeX."""

import pytest

from grader.quiz.fill import FillError, fill


@pytest.mark.parametrize(
    ("text", "given", "filled"),
    [
        ("x = {{ x }}", {"x": [[1.0, 2.0], [0.5, 4.0]]}, "x = [[1.0, 2.0], [0.5, 4.0]]"),
        ("{{ f }}", {"f": "x ** 2"}, "x ** 2"),
        ("{{ n }} {{ b }}", {"n": -3, "b": True}, "-3 True"),
        ("{{ x[1] }}", {"x": [1.0, 2.5]}, "2.5"),
        ("{{ n + 1 }}", {"n": 3}, "4"),
        ("{{ x | tex }}", {"x": [1.0, -2.5]}, "(1, -2.5)"),
        ("{{ x | tex }}", {"x": 3.0}, "3"),
        ("{{ x | tex }}", {"x": [[1.0, 2.0], [3.0, 4.0]]}, r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"),
        ("{{ x[0] | num }}", {"x": [2.0]}, "2"),
        ("{{ x | num }}", {"x": 0.1 + 0.2}, "0.3"),
        ("{'a': {1: x}}  # {x}", {"x": 1}, "{'a': {1: x}}  # {x}"),
        (r"\frac{1}{2}", {}, r"\frac{1}{2}"),
        ("two\n{{ n }}\n", {"n": 1}, "two\n1\n"),
        ("<b> & {{ n }}", {"n": "<"}, "<b> & <"),
    ],
)
def test_placeholders_are_filled(text, given, filled):
    """A placeholder becomes its value in the asked form; braces that are none stay."""
    assert fill(text, given) == filled


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{ y }}", "'y' is undefined"),
        ("{{ x[5] }}", "undefined|has no element"),
        ("{{ x", "unexpected end of template"),
        ("{{ x | nothing }}", "No filter named 'nothing'"),
        ("{% for %}", "."),
        ("{{ x[0] / 0 }}", "division by zero"),
        ("{{ y | tex }}", "'y' is undefined"),
        ("{{ x.__class__.__mro__ }}", "unsafe"),
    ],
)
def test_a_placeholder_that_can_not_be_filled_is_told(text, problem):
    """Nothing is left out in silence: the error says what is wrong."""
    with pytest.raises(FillError, match=problem):
        fill(text, {"x": [1.0]})
