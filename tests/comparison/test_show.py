"""How values are written in a message."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.comparison.show import MAX_TEXT, show
from grader.protocol.snippet import Snippet

SCREEN = 2000


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "True"),
        (3, "3"),
        (3.0, "3.0"),
        (100000.0, "100000.0"),
        (1e6, "1e+06"),
        (-0.0, "-0.0"),
        (1 / 3, "0.333333"),
        (math.inf, "inf"),
        (-math.inf, "-inf"),
        (math.nan, "nan"),
        (1 + 2j, "(1+2j)"),
        ("it's", '"it\'s"'),
        (b"x", "b'x'"),
        ([], "[]"),
        ((), "()"),
        ((1,), "(1,)"),
        ([1, (2.0, "a")], "[1, (2.0, 'a')]"),
        ({"a": 1.0, 2: [None]}, "{'a': 1.0, 2: [None]}"),
        (Snippet("lambda x: 2 * x"), "lambda x: 2 * x"),
        (torch.tensor([1.0, 2.5]), "torch.tensor([1.0, 2.5])"),
        (torch.tensor([1, 2]), "torch.tensor([1, 2])"),
        (torch.tensor([True]), "torch.tensor([True])"),
        (torch.tensor(3.0), "torch.tensor(3.0)"),
        (torch.tensor([[1.0], [2.0]], dtype=torch.float64), "torch.tensor([[1.0], [2.0]], dtype=torch.float64)"),
        (torch.tensor([1], dtype=torch.int32), "torch.tensor([1], dtype=torch.int32)"),
        (torch.ones(1, requires_grad=True), "torch.tensor([1.0], requires_grad=True)"),
        (torch.tensor([math.nan, -math.inf]), "torch.tensor([nan, -inf])"),
    ],
)
def test_a_value_is_written_as_it_is_typed(value, text):
    """A value is written as a student would type it, each number to six digits and each float with a mark of one."""
    assert show(value) == text


def test_a_received_tensor_is_written_as_the_tensor_it_was(received):
    """A tensor that arrived as data is written as the call that makes it, with its `requires_grad`."""
    assert show(received(torch.ones(2, requires_grad=True))) == "torch.tensor([1.0, 1.0], requires_grad=True)"
    assert show(received([torch.tensor(1)])) == "[torch.tensor(1)]"


def test_a_tensor_with_a_graph_is_written_without_complaint():
    """A tensor in the middle of a graph is written by its values."""
    assert show(torch.ones(1, requires_grad=True) * 2) == "torch.tensor([2.0], requires_grad=True)"


def test_a_foreign_value_is_written_by_its_type(received):
    """Of a value that could not be sent, its type's name is told."""
    assert show(received(range(3))) == "<range>"


@given(st.lists(st.integers(-1000, 1000).map(lambda count: count / 8), min_size=0, max_size=12))
@settings(max_examples=50, derandomize=True, deadline=None)
def test_what_is_written_makes_the_same_tensor(numbers):
    """What is written of a small tensor of short numbers, run as Python, is that tensor again."""
    tensor = torch.tensor(numbers, dtype=torch.float64)
    again = eval(show(tensor), {"torch": torch})
    assert again.dtype == tensor.dtype
    assert torch.equal(again, tensor)


@pytest.mark.parametrize(
    "value",
    [
        torch.arange(10_000.0).reshape(100, 100),
        list(range(20_000)),
        {number: float(number) for number in range(5_000)},
        "x" * 60_000,
        [["y" * 3000] * 40] * 40,
        torch.full((48,), 1.23456e-30, dtype=torch.float64),
    ],
    ids=["tensor", "list", "dict", "text", "nested", "most entries"],
)
def test_nothing_is_longer_than_a_screen(value):
    """However large a value is, what is written of it fits on a screen."""
    assert len(show(value)) <= SCREEN


def test_a_large_tensor_is_written_by_shape_and_first_entries():
    """A large tensor is told by its shape and its first eight entries."""
    text = show(torch.arange(60, dtype=torch.float64).reshape(6, 10))
    assert text.startswith("<tensor of shape (6, 10), first entries [0.0, 1.0, 2.0,")
    assert "7.0]" in text
    assert "8.0" not in text
    assert "dtype=torch.float64" in text


def test_a_long_text_keeps_its_beginning_and_its_end():
    """A text that is too long loses its middle."""
    text = show("begin" + "x" * 1000 + "end")
    assert len(text) <= MAX_TEXT
    assert text.startswith("'begin")
    assert text.endswith("end'")
    assert "…" in text


@pytest.mark.parametrize("shape", [(100_000, 0), (300, 300, 0)])
def test_an_empty_tensor_of_a_great_shape_is_short(shape):
    """A tensor without entries is written in no more than a screen, however large its other dimensions are."""
    assert len(show(torch.empty(shape))) <= SCREEN
