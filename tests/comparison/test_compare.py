"""Comparing what a student's function returned with what is expected."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.comparison.compare import compare
from grader.protocol.values import MAX_DEPTH, Decoder, TensorRecord

quick = settings(max_examples=100, derandomize=True, deadline=None)
quarters = st.integers(-200, 200).map(lambda count: count / 4)
changes = st.sampled_from([0.0, 0.0, 0.25, -7.5, 100.0])


def f32(*numbers):
    """Return a float32 vector."""
    return torch.tensor(numbers, dtype=torch.float32)


def f64(*numbers):
    """Return a float64 vector."""
    return torch.tensor(numbers, dtype=torch.float64)


class Own(torch.Tensor):
    """A tensor class as a student may write one."""


def said(finding):
    """Return a finding in English, having seen that it can be said in Chinese."""
    assert finding is not None
    assert finding.text("zh")
    return finding.text("en")


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        2.5,
        1 - 2j,
        "text",
        b"bytes",
        (1, 2.0),
        [f64(1.0), (None, "a")],
        {"a": f32(1.0), 2: [True]},
        torch.tensor(2.0),
        torch.tensor([[1, 2]]),
        torch.tensor([True, False]),
        torch.tensor([1 + 2j]),
        torch.empty(0, 3),
        torch.ones(2, dtype=torch.bfloat16),
    ],
    ids=repr,
)
def test_a_value_equals_itself(received, value):
    """Every kind of value equals itself, without a remark."""
    comparison = compare(received(value), value)
    assert comparison.difference is None
    assert comparison.remarks == ()


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        (f64(1.0), 1.0),
        (1.0, f64(1.0)),
        (1.0, torch.tensor(1.0)),
        ([1.0, 2.0], f64(1.0, 2.0)),
        (np.ones(2), f64(1.0, 1.0)),
        ("1.0", 1.0),
        (True, 1),
        (1, True),
        (1.0, True),
        (torch.ones((), dtype=torch.bool), True),
        (None, f64(1.0)),
        (None, 1.0),
        (0, None),
        (f64(1.0), (f64(1.0),)),
        ((f64(1.0),), f64(1.0)),
        ((1,), (1, 2)),
        ([1], (1, 2)),
        ("ab", ("a", "b")),
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, {"a": 1, "b": 1}),
        ([("a", 1)], {"a": 1}),
        ("a", "b"),
        (b"a", "a"),
        (1.0, 1.5),
        (1.0, 1 + 1j),
        ({"a": 1}, {"a": 2}),
        ((1, (2, 3)), (1, (2, 4))),
        ([f64(1.0)], [f64(2.0)]),
    ],
    ids=repr,
)
def test_another_value_or_kind_is_a_difference(difference, returned, expected):
    """Another value, another kind and another structure are differences; True is no number and 1 no truth."""
    assert said(difference(returned, expected))


def test_a_list_will_do_for_a_tuple(difference):
    """A list is as good as a tuple, and a tuple as a list; of what they hold and how many, all counts."""
    assert difference([1.0, f64(2.0)], (1.0, f64(2.0))) is None
    assert difference((1.0,), [1.0]) is None
    assert difference(torch.ones(2, 3).shape, (2, 3)) is None


def test_a_scalar_tensor_will_do_for_a_number(difference):
    """A tensor with no dimensions is as good as the number in it, of whatever dtype it is."""
    assert difference(torch.tensor(2.5), 2.5) is None
    assert difference(torch.tensor(2), 2.0) is None
    assert difference(torch.tensor(1 + 2j), 1 + 2j) is None
    assert "3.5" in said(difference(torch.tensor(3.5), 2.5))


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        (f64(math.nan), f64(1.0)),
        (f64(1.0), f64(math.nan)),
        (f64(math.nan), f64(math.nan)),
        (math.nan, 1.0),
        (math.nan, math.nan),
        (torch.tensor(math.nan), math.nan),
        (torch.tensor([complex(math.nan, 0)]), torch.tensor([complex(math.nan, 0)])),
        (f64(math.nan), f64(math.inf)),
    ],
    ids=repr,
)
def test_nan_equals_nothing(difference, returned, expected):
    """NaN equals no number, not even NaN."""
    assert said(difference(returned, expected))


def test_a_nan_is_named_with_its_index(difference):
    """Where a NaN stands, the message says that it is one and where, whatever else differs."""
    text = said(difference(f64(100.0, 1.0, math.nan), f64(1.0, 1.0, 1.0)))
    assert "2 of 3 entries" in text
    assert "(2,)" in text
    assert "NaN" in text


@pytest.mark.parametrize("expected", [math.inf, -math.inf])
def test_infinity_equals_itself(difference, expected):
    """Infinity equals infinity of the same sign, as a tensor's entry and as a number."""
    assert difference(f64(1.0, expected), f64(1.0, expected)) is None
    assert difference(expected, expected) is None


@pytest.mark.parametrize("returned", [0.0, 1e300, -math.inf])
def test_nothing_finite_equals_infinity(difference, returned):
    """Where infinity is expected, no other number will do: it lies infinitely far away, not within tolerance."""
    assert said(difference(f64(returned), f64(math.inf)))
    assert said(difference(returned, math.inf))


def test_infinity_is_no_finite_number(difference):
    """Infinity where a number is expected is a difference, and an infinite one."""
    assert "inf, at index (1,)" in said(difference(f64(1.0, math.inf), f64(1.0, 2.0)))
    assert said(difference(math.inf, 1.0))


@pytest.mark.parametrize("returned", [complex(1.7e308, 1.7e308), complex(math.inf, math.nan)], ids=repr)
def test_a_monstrous_number_is_a_difference_like_any_other(difference, returned):
    """A number whose distance from the expected one can't be computed is told as another value."""
    assert said(difference(returned, 1.0))
    assert said(difference(torch.tensor(returned, dtype=torch.complex128), 1.0))


def test_complex_numbers_are_compared_as_a_whole(difference):
    """A complex entry differs by its imaginary part alone, too."""
    assert difference(torch.tensor([1 + 2j]), torch.tensor([1 + 2j])) is None
    assert "(0,)" in said(difference(torch.tensor([1 + 2j]), torch.tensor([1 + 3j])))
    assert said(difference(1 + 2j, 1 + 3j))


def test_another_dtype_is_a_remark_alone(received):
    """The right values in another dtype cost nothing, and the message says so."""
    comparison = compare(received(f32(1.0, 2.0)), f64(1.0, 2.0))
    assert comparison.difference is None
    (remark,) = comparison.remarks
    assert "torch.float32" in said(remark)
    assert "torch.float64" in said(remark)
    assert "costs nothing" in said(remark)


def test_a_remark_does_not_hide_a_difference(received):
    """Wrong values in another dtype are told as wrong values, with the remark beside them."""
    comparison = compare(received((f32(9.0), f64(1.0))), (f64(1.0), f64(1.0)))
    assert "1 of 1 entries of result[0]" in said(comparison.difference)
    assert len(comparison.remarks) == 1


@pytest.mark.parametrize(("returned", "expected"), [(f64(9.0, 9.0), f64(1.0)), (torch.tensor(9.0), f64(1.0))])
def test_shape_is_told_before_values(difference, returned, expected):
    """A result of another shape is told by both shapes, and its values are not held against the expected ones."""
    text = said(difference(returned, expected))
    assert f"has shape {tuple(returned.shape)}; expected is shape {tuple(expected.shape)}" in text
    assert "differ" not in text


def test_an_equal_number_of_entries_is_not_the_same_shape(difference):
    """A row is no column, and neither is broadcast."""
    assert said(difference(torch.ones(3, 1), torch.ones(1, 3)))
    assert said(difference(torch.ones(1), torch.ones(3)))
    assert said(difference(torch.empty(0, 3), torch.empty(3, 0)))


@pytest.mark.parametrize(
    ("returned", "expected", "place"),
    [
        ((1.0, 2.0), (1.0, 3.0), "result[1]"),
        ({"a": [1.0, 2.0]}, {"a": [1.0, 3.0]}, "result['a'][1]"),
        ([f64(1.0), (f64(2.0), None)], [f64(1.0), (f64(3.0), None)], "result[1][0]"),
        ((None, None), (None, f64(1.0)), "result[1]"),
    ],
)
def test_a_difference_inside_is_told_by_its_place(difference, returned, expected, place):
    """A difference inside tuples, lists and dicts is told by the way to it."""
    assert place in said(difference(returned, expected))


def test_the_first_difference_is_told(difference):
    """Of several differences the first is told."""
    text = said(difference((9.0, 8.0), (1.0, 2.0)))
    assert "result[0]" in text
    assert "result[1]" not in text


def test_none_is_told_as_a_forgotten_return(difference):
    """A function that returns nothing is asked whether it printed instead."""
    assert "printed instead of returned?" in said(difference(None, f64(1.0)))


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        (range(3), "range (not a value that can be compared)"),
        (torch.eye(2).to_sparse(), "torch.Tensor (not a dense tensor)"),
        (2**70, "int (more than 64 bits)"),
        (1.5, "float 1.5"),
        ([f64(1.0)], "list[1]"),
        (True, "bool True"),
    ],
)
def test_what_is_no_tensor_is_told_by_its_kind(difference, returned, words):
    """Where a tensor is due, another thing is told by its kind, and the tensor that was expected by its shape."""
    text = said(difference(returned, torch.ones(2, 2)))
    assert words in text
    assert "torch.Tensor (2, 2)" in text


def nested(inner):
    """Return a value in more lists than may lie in one another."""
    for _ in range(MAX_DEPTH + 1):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    ("returned", "english", "chinese"),
    [
        (range(3), "range (not a value that can be compared)", "range（不是可以比较的值）"),
        (torch.eye(2).to_sparse(), "torch.Tensor (not a dense tensor)", "torch.Tensor（不是稠密张量）"),
        (torch.ones(2).as_subclass(Own), "Own (a subclass of torch.Tensor)", "Own（torch.Tensor 的子类）"),
        (torch.ones(1).expand(2**40), "torch.Tensor (too large to be sent)", "torch.Tensor（太大，无法传送）"),
        (2**70, "int (more than 64 bits)", "int（超过 64 位）"),
        ("x" * 10**6, "str (too long)", "str（太长）"),
        (dict.fromkeys(range(10**4)), "dict (too many entries)", "dict（条目太多）"),
        (nested(7), "int (too deep or too many parts)", "int（嵌套太深，或元素太多）"),
        (torch.ones(1, device="meta"), "torch.Tensor (on device meta)", "torch.Tensor（on device meta）"),
    ],
    ids=lambda part: part if isinstance(part, str) and len(part) < 50 else "",
)
def test_why_a_value_was_not_sent_is_told_in_both_languages(difference, returned, english, chinese):
    """What can't cross the border is told by its type and the reason, in either language."""
    finding = difference(returned, nested(torch.ones(2)) if isinstance(returned, list) else torch.ones(2))
    assert english in finding.text("en")
    assert chinese in finding.text("zh")


@given(st.lists(st.tuples(quarters, changes), min_size=1, max_size=24), st.data())
@quick
def test_count_and_largest_difference_agree_with_numpy(received, entries, data):
    """How many entries differ, by how much at most, and at which index is what numpy finds."""
    rows = data.draw(st.sampled_from([each for each in range(1, len(entries) + 1) if len(entries) % each == 0]))
    expected = np.array([entry for entry, _ in entries]).reshape(rows, -1)
    returned = expected + np.array([change for _, change in entries]).reshape(rows, -1)
    finding = compare(received(torch.from_numpy(returned)), torch.from_numpy(expected)).difference
    distance = np.abs(returned - expected)
    if not distance.any():
        assert finding is None
        return
    worst = np.unravel_index(distance.argmax(), distance.shape)
    text = said(finding)
    assert text.startswith(f"{np.count_nonzero(distance)} of {distance.size} entries of the result differ")
    assert f"is {distance.max()}, at index {tuple(int(each) for each in worst)}." in text


def test_the_largest_difference_is_one_that_counts(difference):
    """The entry that is named is one that differs, not one that is far off in figures but within its tolerance."""
    text = said(difference(f64(1e9 + 50, 2.0), f64(1e9, 1.0)))
    assert "1 of 2 entries" in text
    assert "1.0, at index (1,)" in text


def test_a_single_entry_has_an_empty_index(difference):
    """In a tensor without dimensions the index is the empty one, and the message is still a sentence."""
    assert "at index ()." in said(difference(torch.tensor(2.0), torch.tensor(1.0)))


@pytest.mark.parametrize("returned", [1.0000005, 0.9999995])
def test_two_numbers_that_differ_are_not_shown_alike(difference, returned):
    """A number that differs late in its digits is not said to be another value than itself."""
    lines = said(difference(returned, 1.0)).splitlines()
    assert lines[1].partition(": ")[2] != lines[2].partition(": ")[2] or "e-07" in lines[0]


def test_nothing_equals_nothing_else(difference):
    """Tensors without entries are equal when their shapes are."""
    assert difference(torch.empty(0), torch.empty(0)) is None
    assert difference(torch.empty(2, 0), torch.empty(2, 0, dtype=torch.float64)) is None
    assert said(difference(torch.empty(0), torch.empty(0, 1)))


def test_an_expected_value_may_carry_a_graph(difference):
    """An expected tensor that requires grad is compared by its values."""
    x = f64(2.0).requires_grad_()
    assert difference(f64(4.0), x**2) is None


def test_a_shape_that_torch_cannot_make_is_a_difference():
    """A record whose sizes no tensor can have costs its sender the check, not the judge its footing."""
    try:
        tree = ["tensor", "float32", [2**31 - 1] * 3 + [0], 0, 0, False, None, -1]
        record = Decoder(memoryview(b"")).decode(tree)
    except ValueError:
        return  # refused at the border
    assert isinstance(record, TensorRecord)
    assert compare(record, f32(1.0)).difference is not None
