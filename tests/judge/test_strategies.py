"""Strategies for probes."""

import pickle
import re

import pytest
import torch
from hypothesis import find, given, settings
from hypothesis import strategies as st

from grader.judge.probe import Drawn
from grader.judge.strategies import entries, nonzero, pick, quarters, rows_of_a_map, sum_of, tensors, vector_maps
from grader.protocol.snippet import Snippet

quick = settings(max_examples=60, derandomize=True, deadline=None, database=None)


@given(entries(), entries(-1.5, 0.75))
@quick
def test_entries_are_quarters_in_their_range(wide, narrow):
    """Entries are multiples of 1/4 within their bounds, and so the same number in every float dtype."""
    assert -3 <= wide <= 3
    assert -1.5 <= narrow <= 0.75
    assert (wide * 4).is_integer()
    for dtype in (torch.float16, torch.bfloat16, torch.float32):
        assert torch.tensor(wide, dtype=dtype).item() == wide


@pytest.mark.parametrize("bound", [-1.5, 0.75])
def test_entries_reach_their_bounds(bound):
    """Both bounds are drawn, too."""
    assert find(entries(-1.5, 0.75), lambda value: value == bound, settings=quick) == bound


@given(nonzero())
@quick
def test_nonzero_is_never_zero(value):
    """Coefficients are whole numbers from -4 to 5, and never 0."""
    assert value in {-4, -3, -2, -1, 1, 2, 3, 4, 5}


@given(st.data(), st.sampled_from([(), (0,), (3,), (2, 3), (1, 2, 2)]), st.sampled_from([torch.float32, torch.float64]))
@quick
def test_tensors_have_shape_and_dtype(data, shape, dtype):
    """Tensors have the shape and dtype asked for, are leaves without gradient, and hold the given elements."""
    value = data.draw(tensors(shape, elements=st.sampled_from([0.5, 2.0]), dtype=dtype))
    assert value.shape == shape
    assert value.dtype == dtype
    assert not value.requires_grad
    assert set(value.flatten().tolist()) <= {0.5, 2.0}


def test_tensors_hold_float64_quarters_unless_told_otherwise():
    """By default a tensor is float64 and its entries are quarters other than zero."""
    drawn = Drawn(tensors((4,)), 100).examples(1)
    assert {tensor.dtype for tensor in drawn} == {torch.float64}
    assert {number for tensor in drawn for number in tensor.tolist()} == set(quarters())


def test_quarters_are_the_easiest_to_read_first():
    """Whole numbers come before halves and quarters, positive ones before negative ones, and there is no zero."""
    assert quarters()[:6] == (1.0, 2.0, 3.0, -1.0, -2.0, -3.0)
    assert quarters()[6:9] == (0.5, 1.5, 2.5)
    assert quarters(-0.5, 0.5) == (0.5, -0.5, 0.25, -0.25)
    assert 0 not in quarters()


def test_a_counterexample_has_distinct_small_whole_numbers():
    """What any case would show is told by 1, 2, 3, … in each tensor, and by other numbers in the next."""
    both = st.tuples(tensors((2, 2)), tensors((3,), start=1))
    first, second = find(both, lambda _: True, settings=quick)
    assert first.tolist() == [[1.0, 2.0], [3.0, -1.0]]
    assert second.tolist() == [2.0, 3.0, -1.0]


def test_what_is_picked_shrinks_to_the_place_it_starts_at():
    """The simplest of several values is the one at the given place, counted round."""
    simplest = [find(pick((7, 8, 9), place), lambda _: True, settings=quick) for place in range(4)]
    assert simplest == [7, 8, 9, 7]


def test_a_map_shrinks_to_terms_that_are_there_for_a_reason():
    """A failure that needs a product keeps the product alone; the rows of the simplest map are different."""
    assert str(find(vector_maps(2, 2), lambda _: True, settings=quick)) == (
        "lambda x: torch.stack([x[0] ** 2, 2 * x[1] ** 2])"
    )
    with_product = find(vector_maps(3, 1), lambda f: re.search(r"x\[\d\] \* x", str(f)) is not None, settings=quick)
    assert str(with_product) == "lambda x: torch.stack([x[0] * x[1]])"


@given(st.data(), st.integers(1, 4), st.integers(1, 4))
@quick
def test_maps_go_from_inputs_to_outputs(data, inputs, outputs):
    """A map takes a vector of the one size to a vector of the other, and each output depends on its input."""
    f = data.draw(vector_maps(inputs, outputs))
    x = data.draw(tensors((inputs,), elements=st.integers(1, 40).map(lambda count: count / 8 + 7 / 64)))
    jacobian = torch.autograd.functional.jacobian(f, x)
    assert jacobian.shape == (outputs, inputs)
    assert jacobian.abs().sum(dim=1).min() > 0


@given(st.data())
@quick
def test_maps_are_snippets_that_a_student_can_run(data):
    """A map travels and prints as its source, which makes the same map again."""
    f = data.draw(vector_maps(3, 2))
    assert isinstance(f, Snippet)
    assert pickle.loads(pickle.dumps(f)) == f
    x = torch.tensor([1.0, -2.0, 0.5])
    assert torch.equal(eval(str(f), {"torch": torch})(x), f(x))


@given(st.data(), st.integers(1, 4))
@quick
def test_a_row_names_inputs_that_exist(data, inputs):
    """A row of a map is an expression in the entries of x alone."""
    row = data.draw(rows_of_a_map(inputs))
    assert eval(row, {"x": torch.ones(inputs)}).shape == ()


def test_a_sum_is_written_as_a_person_would():
    """A coefficient of 1 is left out, as is the point of a whole number, and a negative one is a minus sign."""
    assert sum_of([(1, "x[0]"), (-1, "x[1] ** 2"), (2.5, "x[2]")]) == "x[0] - x[1] ** 2 + 2.5 * x[2]"
    assert sum_of([(-3.0, "x[0]"), (1, "x[1]")]) == "-3 * x[0] + x[1]"


@given(st.data(), st.integers(1, 4))
@quick
def test_no_two_terms_of_a_row_are_alike(data, inputs):
    """A row does not add a term to itself, as 2 * x[0] ** 2 + x[0] * x[0] would."""
    terms = re.split(r" [+-] ", data.draw(rows_of_a_map(inputs)).removeprefix("-"))
    powers = [re.sub(r"^\d+ \* ", "", term) for term in terms]
    assert len(set(powers)) == len(powers)


def test_most_rows_have_all_three_terms():
    """Of the rows that are drawn, three of four or so have a linear, a square and a product term."""
    rows = Drawn(rows_of_a_map(3), 200).examples(1)
    assert sum(len(re.split(r" [+-] ", row)) == 3 for row in rows) >= 0.65 * len(rows)


def test_most_maps_tell_a_jacobian_from_its_transpose_and_one_point_from_another():
    """Of square maps, nine in ten have a Jacobian that is not symmetric, and one that is another at another point."""
    here = torch.tensor([0.375, 1.625], dtype=torch.float64)
    there = torch.tensor([2.875, -0.125], dtype=torch.float64)
    drawn = Drawn(vector_maps(2, 2), 200).examples(1)
    pairs = [[torch.autograd.functional.jacobian(f, x) for x in (here, there)] for f in drawn]
    assert sum(not torch.equal(first, first.T) for first, _ in pairs) >= 0.9 * len(pairs)
    assert sum(not torch.equal(first, second) for first, second in pairs) >= 0.9 * len(pairs)
