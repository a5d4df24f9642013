"""Typed answers are right in every usual spelling, and in no other."""

import re
from math import inf, nan
from xml.sax.saxutils import quoteattr

import pytest
from lxml import etree

from grader.bridges.spelling import (
    case_matters,
    decimal,
    line_pattern,
    line_spellings,
    margin,
    number_pattern,
    number_spellings,
    places,
    printed_lines,
    rows,
    shape_pattern,
    shape_spellings,
    usual_line_spellings,
    usual_shape_spellings,
)
from grader.config.course_config import Tolerance
from grader.quiz.idle_blanks import single_blanks
from grader.quiz.kinds.table import KINDS
from grader.quiz.kinds.words import lines

TOLERANCE = Tolerance(relative=1e-3, absolute=1e-4)
SCHEMA = """<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="a"><simpleType><restriction base="string">
<pattern value={}/></restriction></simpleType></element></schema>"""


def matches(pattern, text):
    """Whether a text matches a pattern, by a validator of XML Schema and by Python alike."""
    element = etree.Element("a")
    element.text = text
    found = etree.XMLSchema(etree.fromstring(SCHEMA.format(quoteattr(pattern)))).validate(element)
    assert found == (re.fullmatch(pattern, text) is not None)
    return found


def is_right_here(answer, line):
    """Whether the course's own marking takes an answer for a printed line."""
    return lines(answer) == lines(line)


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.0, "2"), (0.20000000298, "0.2"), (-1e-5, "-0.00001"), (123456.0, "123456"), (nan, "nan"), (-inf, "-inf")],
)
def test_numbers_have_no_exponent(value, text):
    """A number is written as every system reads it."""
    assert decimal(value) == text


def test_the_margin_is_relative_and_absolute():
    """How far an answer may be off follows both parts of the tolerance."""
    assert float(margin(-50, TOLERANCE)) == pytest.approx(0.0501)


def test_spellings_of_a_number_are_within_its_tolerance():
    """A third may be written with three decimals or more, not with two."""
    assert set(number_spellings(1 / 3, TOLERANCE)) == {"0.333", "0.3333", "0.33333", "0.333333"}


@pytest.mark.parametrize(
    ("value", "table", "index"),
    [
        (5.0, ((5.0,),), ("",)),
        ([1.0, 2.0], ((1.0, 2.0),), ("[0]", "[1]")),
        ([[1.0], [2.0]], ((1.0,), (2.0,)), ("[0][0]", "[1][0]")),
    ],
)
def test_a_tensor_is_a_table(value, table, index):
    """The last dimension lies across, and each entry has its index."""
    assert rows(value) == table
    assert places(value) == index


@pytest.mark.parametrize(
    ("shape", "right", "wrong"),
    [
        (
            [3, 2],
            [
                "(3, 2)",
                "(3,2)",
                "[3, 2]",
                "3x2",
                "3, 2",
                "torch.Size([3, 2])",
                "（3，2）",
                "( 3, 2 )",
                "(3,2,)",
                "(3，2)",
            ],
            ["(2, 3)", "(3,)", "(3, 2, 1)", "32"],
        ),
        ([4], ["(4,)", "(4)", "[4]", "4", "torch.Size([4])", "（4，）"], ["()", "(4, 1)", "44"]),
        ([], ["()", "[]", "torch.Size([])", "（）", "( )"], ["(0,)", "0", "", "(1,)"]),
    ],
)
def test_shapes_are_read_in_every_usual_spelling(shape, right, wrong):
    """The list of spellings and the pattern agree on what is right, and on what is wrong; so does the marking here."""
    assert set(right) <= set(shape_spellings(shape))
    assert set(usual_shape_spellings(shape)) <= set(shape_spellings(shape))
    assert not set(wrong) & set(shape_spellings(shape))
    assert all(matches(shape_pattern(shape), each) for each in shape_spellings(shape))
    assert not any(matches(shape_pattern(shape), each) for each in wrong)
    assert all(KINDS["shape"].read(each, None) == shape for each in shape_spellings(shape))


@pytest.mark.parametrize(
    ("line", "right", "wrong"),
    [
        ("grad None", ["grad None", " grad   None ", "grad\tNone"], ["gradNone", "grad none", "None grad"]),
        (
            "[[3.0, 3.0], [3.0, 3.0]] True None",
            [
                "[[3.0,3.0],[3.0,3.0]] True None",
                "[[3.0,3.0],[3.0,3.0]]True None",
                "[[3.0, 3.0], [3.0, 3.0]]True None",
                "[[3.0，3.0]，[3.0，3.0]] True None",
                "【【3.0，3.0】，【3.0，3.0】】 True None",
                "［［3.0，3.0］，［3.0，3.0］］True None",
            ],
            ["[[3.0,3.0],[3.0,3.0]] TrueNone", "[[3.0,3.0],[3.0,3.0]]", "[[3.0 3.0],[3.0 3.0]] True None"],
        ),
        ("tensor([2., -4.])", ["tensor([2.,-4.])", "tensor（[2.，-4.]）"], ["tensor([2.,4.])", "tensor([2 .,-4.])"]),
        ("2 3.5", ["2 3.5"], ["23.5", "2 3 .5", "2 3. 5", "2, 3.5"]),
        ("a*b ^c$ {d|e} \\ -- [^]", ["a*b^c${d|e}\\--[^]"], ["aXb^c${d|e}\\--[^]", "a*b", "a*bc${d|e}\\--[^]"]),
        ("中文 x: 1", ["中文 x： 1", "中文 x:1"], ["中文x: 1"]),
    ],
)
def test_a_printed_line_is_right_as_it_is_here(line, right, wrong):
    """Spellings and pattern take and refuse what the course's own marking does: one rule for blanks and for signs."""
    spellings = {each.strip() for each in line_spellings(line)}
    for each in (line, *right, *spellings):
        assert is_right_here(each, line)
        assert matches(line_pattern(line), each)
    for each in wrong:
        assert not is_right_here(each, line)
        assert not matches(line_pattern(line), each)
    listed = [each for each in right if single_blanks(each) == each]
    assert set(listed) <= spellings
    assert not set(wrong) & spellings
    assert set(usual_line_spellings(line)) <= spellings


def test_blanks_that_are_all_idle_are_noticed():
    """Were every blank idle, as exports once had it, the course's own marking would disagree with list and pattern."""
    line = "grad None"
    assert not all(is_right_here(each, line) for each in (line, "".join(line.split())))
    assert matches(r"\s*grad\s*None\s*", "gradNone") != is_right_here("gradNone", line)


@pytest.mark.parametrize(
    ("value", "right", "wrong"),
    [
        (nan, ["nan", "NaN", "NAN"], ["none", "na n", "1"]),
        (inf, ["inf", "Inf", "INF", "+inf"], ["-inf", "infinite"]),
        (-inf, ["-inf", "-Inf", "\u2212inf"], ["inf", "+inf"]),
    ],
)
def test_what_is_no_number_is_right_in_any_case(value, right, wrong):
    """`NaN` is as right as `nan`."""
    assert set(right) <= set(number_spellings(value, TOLERANCE))
    assert not set(wrong) & set(number_spellings(value, TOLERANCE))
    assert all(matches(number_pattern(value), f" {each} ") for each in number_spellings(value, TOLERANCE))
    assert not any(matches(number_pattern(value), each) for each in wrong)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["leaf None", "leaf none"], True),
        (["[1, 2] None", "[1,2] none"], True),
        (["leaf None", "leaf None"], False),
        (["leaf None", "leaf True"], False),
    ],
)
def test_texts_that_case_alone_tells_apart_are_found(texts, found):
    """Where a system ignores case, such answers can't be typed; idle blanks make no difference."""
    assert case_matters(texts) is found


def test_empty_lines_do_not_count():
    """Only lines that say something are asked for."""
    assert printed_lines("  a\n\n b b \n") == ("a", "b b")
