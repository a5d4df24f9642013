"""Plain values: tensors become nested lists, and two of them agree within the tolerance or not."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.config.course_config import QuizPolicy, Tolerance
from grader.quiz.plain import all_close, close, entries, is_ugly, nested_text, plain, shape_of

LOOSE = QuizPolicy().tolerance
INF, NAN = math.inf, math.nan


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (torch.ones(1, 2, requires_grad=True), [[1.0, 1.0]]),
        (torch.tensor(2), 2),
        (torch.Size([3, 2]), [3, 2]),
        ((torch.tensor([1.0]), "a", None), [[1.0], "a", None]),
        ({"a": torch.tensor([True])}, {"a": [True]}),
        ("text", "text"),
    ],
)
def test_no_tensor_is_left(value, wanted):
    """Tensors and tuples become lists, wherever they stand."""
    assert plain(value) == wanted


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (2, ()),
        (2.5, ()),
        ([], (0,)),
        ([1, 2], (2,)),
        ([[1, 2, 3], [4, 5, 6]], (2, 3)),
        ([[1, 2], [3]], None),
        ([1, [2]], None),
        (True, None),
        ([True], None),
        (["1"], None),
        (None, None),
    ],
)
def test_nested_lists_of_numbers_have_a_shape(value, shape):
    """Ragged lists and anything but numbers have none; a bool is no number."""
    assert shape_of(value) == shape


@pytest.mark.parametrize(
    ("got", "expected", "agrees"),
    [
        (2.0, 2.0, True),
        (2.0021, 2.0, True),
        (2.0022, 2.0, False),
        (1.9979, 2.0, True),
        (1.9978, 2.0, False),
        (0.0001, 0.0, True),
        (0.00011, 0.0, False),
        (-2.0, 2.0, False),
        (NAN, NAN, True),
        (NAN, 1.0, False),
        (1.0, NAN, False),
        (INF, INF, True),
        (-INF, INF, False),
        (1e300, INF, False),
        (INF, 1e300, False),
        (INF, 1.0, False),
    ],
)
def test_a_number_agrees_within_the_tolerance(got, expected, agrees):
    """A thousandth of the key and a ten-thousandth more are allowed; NaN and infinity agree with themselves alone."""
    assert close(got, expected, LOOSE) is agrees


def test_a_tolerance_of_zero_asks_for_the_very_number():
    """A course may be strict."""
    exact = Tolerance(relative=0, absolute=0)
    assert close(0.5, 0.5, exact)
    assert not close(0.5 + 1e-16 * 4, 0.5, exact)


@settings(derandomize=True, database=None, deadline=None)
@given(st.floats(allow_nan=True, allow_infinity=True))
def test_every_number_agrees_with_itself(value):
    """Whatever the key is, typing it is right."""
    assert close(value, value, LOOSE)


@pytest.mark.parametrize(
    ("got", "expected", "agrees"),
    [
        ([1.0, 2.0], [1.0, 2.001], True),
        ([1.0, 2.0], [1.0, 2.1], False),
        ([1.0, 2.0], [[1.0, 2.0]], False),
        ([1.0], 1.0, False),
        (["1"], ["1"], False),
        ([1.0, 2.0], [1.0, 2.0, 3.0], False),
    ],
)
def test_lists_agree_by_shape_and_entry(got, expected, agrees):
    """One entry that is off, or another shape, is another value."""
    assert all_close(got, expected, LOOSE) is agrees


@pytest.mark.parametrize("value", [0.33333, 1e5, -1e6, NAN, INF, [1.0, 0.12345], [[1.0], [NAN]]])
def test_a_number_that_nobody_computes_by_hand_is_ugly(value):
    """More than four decimals, huge, or no number at all."""
    assert is_ugly(value)


@pytest.mark.parametrize("value", [0.1234, 99999, -0.5, 0, [torch.tensor(0.1).item()], torch.tensor(1234.5678).item()])
def test_float32_noise_is_not_ugly(value):
    """0.1 is 0.1 to a reader although float32 keeps a little more."""
    assert not is_ugly(value)


def test_numbers_are_written_as_a_student_types_them():
    """No float noise and no trailing zeros."""
    assert nested_text(plain(torch.tensor([[0.1, 2.0], [1e-5, 12345.0]]))) == "[[0.1, 2], [1e-05, 12345]]"
    assert list(entries([[1, 2], [3]])) == [1.0, 2.0, 3.0]
