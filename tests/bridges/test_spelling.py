"""Typed answers are right in every usual spelling, and in no other."""

import re
from math import inf, nan

import pytest

from grader.bridges.spelling import (
    decimal,
    line_pattern,
    margin,
    number_spellings,
    places,
    printed_lines,
    rows,
    shape_pattern,
    shape_spellings,
)
from grader.config.course_config import Tolerance

TOLERANCE = Tolerance(relative=1e-3, absolute=1e-4)


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
            ["(3, 2)", "(3,2)", "[3, 2]", "3x2", "3, 2", "torch.Size([3, 2])"],
            ["(2, 3)", "(3,)", "(3, 2, 1)", "32"],
        ),
        ([4], ["(4,)", "(4)", "[4]", "4", "torch.Size([4])"], ["()", "(4, 1)", "44"]),
        ([], ["()", "[]", "torch.Size([])"], ["(0,)", "0", "", "(1,)"]),
    ],
)
def test_shapes_are_read_in_every_usual_spelling(shape, right, wrong):
    """The list of spellings and the pattern agree on what is right, and on what is wrong."""
    assert set(right) <= set(shape_spellings(shape))
    assert not set(wrong) & set(shape_spellings(shape))
    assert all(re.fullmatch(shape_pattern(shape), each) for each in shape_spellings(shape))
    assert not any(re.fullmatch(shape_pattern(shape), each) for each in wrong)


def test_blanks_in_a_line_do_not_count():
    """A printed line is right with other blanks, and wrong with other signs."""
    pattern = line_pattern("tensor([2., -4.]) x.*")
    assert re.fullmatch(pattern, " tensor( [2.,-4.] )  x.* ")
    assert not re.fullmatch(pattern, "tensor([2., 4.]) x.*")
    assert not re.fullmatch(pattern, "tensor([2., -4.]) xyz")


def test_empty_lines_do_not_count():
    """Only lines that say something are asked for."""
    assert printed_lines("  a\n\n b b \n") == ("a", "b b")
