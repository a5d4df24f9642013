"""Whether two observations agree in the aspect that a check looked at."""

import math

import pytest
import torch

from grader.comparison.compare import DEFAULT_TOLERANCES
from grader.comparison.evidence import Aspect
from grader.diagnosis.agreement import agrees
from grader.protocol.messages import Raised

ALL = list(Aspect)


@pytest.fixture
def agree(observed):
    """Return what tells whether two calls agree in an aspect; each is a value and arguments, or an exception."""

    def seen(call):
        return observed(raised=call) if isinstance(call, Raised) else observed(*call)

    def tell(one, other, aspect=Aspect.VALUE):
        first, second = seen(one), seen(other)
        found = agrees(first, second, aspect, DEFAULT_TOLERANCES)
        assert agrees(second, first, aspect, DEFAULT_TOLERANCES) == found, "agreement is mutual"
        return found

    return tell


def f64(*numbers):
    """Return a float64 vector."""
    return torch.tensor(numbers, dtype=torch.float64)


def raised(kind="ValueError", text="no", line=1):
    """Return a described exception."""
    return Raised(kind, (kind,), text, line)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        2.5,
        "text",
        math.nan,
        range(3),
        f64(1.0, math.nan),
        torch.empty(0, 2),
        (f64(1.0), [None, 2]),
        {"a": f64(1.0), "b": {"c": 1.5}},
        {"a": f64(math.nan), "b": math.nan},
        [math.nan],
    ],
    ids=repr,
)
def test_equal_values_agree(agree, value):
    """Two calls that returned the same agree, NaN with NaN and one object that can't be sent with another."""
    assert agree((value,), (value,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f64(1.0, 2.0), f64(1.0, 2.0 + 1e-9)),
        (f64(1.0, 2.0).float(), f64(1.0, 2.0)),
        (1.0, 1.0 + 1e-9),
        ((f64(1.0), 2.0), [f64(1.0 + 1e-9), 2.0]),
        ({"a": f64(1.0)}, {"a": f64(1.0 + 1e-9)}),
        (f64(1.0, 2.0)[:1], f64(1.0)),
        (f64(math.nan, 1.0), f64(math.nan, 1.0 + 1e-9)),
    ],
    ids=repr,
)
def test_values_within_tolerance_agree(agree, one, other):
    """Values that a check would take for equal agree, whatever contains them and wherever they lie in memory."""
    assert agree((one,), (other,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f64(1.0, 2.0), f64(1.0, 2.5)),
        (f64(1.0, 2.0), f64(1.0)),
        (torch.ones(1, 2), torch.ones(2, 1)),
        (f64(math.nan, 1.0), f64(1.0, math.nan)),
        (f64(1.0), None),
        (f64(1.0), 1.0),
        (None, 0.0),
        (1.0, 2.0),
        ((1.0,), (1.0, 2.0)),
        ((1.0, 2.0), (1.0, 3.0)),
        ({"a": f64(1.0)}, {"a": f64(2.0)}),
        ({"a": 1.0}, {"b": 1.0}),
        (range(3), {1, 2}),
        (range(3), f64(1.0)),
        ("a", "b"),
    ],
    ids=repr,
)
def test_other_values_do_not_agree(agree, one, other):
    """Other numbers, shapes, kinds and structures do not agree, and NaN must stand in the same place."""
    assert not agree((one,), (other,))


@pytest.mark.parametrize("aspect", ALL)
def test_exceptions_agree_by_type_and_first_line(agree, aspect):
    """Two exceptions agree when type and first line do; further lines and the line in the file do not matter."""
    assert agree(raised(text="no\nat 0x1"), raised(text="no\nat 0x2", line=7), aspect)
    assert not agree(raised(), raised("TypeError"), aspect)
    assert not agree(raised(), raised(text="yes"), aspect)


@pytest.mark.parametrize("aspect", ALL)
def test_an_exception_agrees_with_no_value(agree, aspect):
    """A call that raised and one that returned do not agree in any aspect."""
    assert not agree(raised(), (None,), aspect)


def leaf(*numbers, requires_grad=False, old=None):
    """Return a leaf with an old gradient."""
    x = f64(*numbers).requires_grad_(requires_grad)
    x.grad = None if old is None else f64(*[old] * len(numbers))
    return x


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (leaf(1.0), leaf(1.0), True),
        (leaf(1.0, old=2.0), leaf(1.0, old=2.0), True),
        (leaf(1.0), leaf(2.0), False),
        (leaf(1.0), leaf(1.0, requires_grad=True), False),
        (leaf(1.0), leaf(1.0, old=2.0), False),
        (leaf(1.0, old=2.0), leaf(1.0, old=3.0), False),
        ([1, leaf(1.0)], [2, leaf(1.0)], True),
        ([leaf(1.0)], [], False),
    ],
    ids=repr,
)
def test_arguments_agree_by_the_state_of_their_tensors(agree, one, other, together):
    """In the aspect of arguments two calls agree when they left every tensor alike, whatever they returned."""
    assert agree((1.0, one), (2.0, other), Aspect.ARGUMENTS) is together


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (leaf(1.0), leaf(2.0), True),
        (leaf(1.0, requires_grad=True), leaf(2.0, requires_grad=True), True),
        (leaf(1.0, requires_grad=True), leaf(1.0), False),
        ((leaf(1.0), leaf(1.0, requires_grad=True)), (leaf(1.0, requires_grad=True), leaf(1.0)), False),
        (leaf(1.0), (leaf(1.0), leaf(1.0)), False),
    ],
    ids=repr,
)
def test_graphs_agree_by_what_carries_one(agree, one, other, together):
    """In the aspect of graphs two calls agree when the same returned tensors require grad, whatever their values."""
    assert agree((one,), (other,), Aspect.GRAPH) is together


def alone():
    """Return a result in memory of its own, and an argument."""
    return leaf(1.0), leaf(2.0)


def argument_itself():
    """Return an argument as the result."""
    x = leaf(2.0)
    return x, x


def view_of_argument():
    """Return a view of an argument as the result."""
    x = leaf(2.0, 3.0)
    return x[1:], x


def argument_grad():
    """Return an argument's gradient as the result."""
    x = leaf(2.0, old=3.0)
    return x.grad, x


def twice_the_same():
    """Return one tensor twice."""
    y = leaf(1.0)
    return (y, y), leaf(2.0)


def two():
    """Return two tensors."""
    return (leaf(1.0), leaf(1.0)), leaf(2.0)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (alone, alone, True),
        (argument_itself, view_of_argument, True),
        (argument_itself, argument_grad, True),
        (twice_the_same, twice_the_same, True),
        (alone, argument_itself, False),
        (alone, argument_grad, False),
        (two, twice_the_same, False),
    ],
)
def test_storage_agrees_by_what_is_shared(agree, one, other, together):
    """In the aspect of storage two calls agree when the same results lie in an argument's or another's memory."""
    assert agree(one(), other(), Aspect.STORAGE) is together


@pytest.mark.parametrize("aspect", [Aspect.ARGUMENTS, Aspect.GRAPH, Aspect.STORAGE])
def test_another_aspect_does_not_look_at_values(agree, aspect):
    """What a check did not look at does not part two calls."""
    assert agree((leaf(1.0), leaf(5.0)), (leaf(2.0), leaf(5.0)), aspect)
