"""Parameters are drawn by their rules, and by the seed alone."""

from random import Random

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.catalogue.question import DrawRule
from grader.quiz.draw import NoDrawError, draw


def drawn(seed=0, **rules):
    """Return what is drawn by rules that are given as a file would."""
    return draw({name: DrawRule.model_validate(rule) for name, rule in rules.items()}, Random(seed))


def many(rule):
    """Return what a rule gives for many seeds."""
    return [drawn(seed, a=rule)["a"] for seed in range(200)]


def test_numbers_go_from_the_lowest_to_the_highest_by_steps():
    """Every number of the range comes up, both ends among them, without the noise of adding floats."""
    assert set(many({"numbers": [0.1, 0.7, 0.2]})) == {0.1, 0.3, 0.5, 0.7}
    assert all(type(each) is float for each in many({"numbers": [1, 3, 1]}))


def test_a_step_that_does_not_meet_the_end_never_goes_beyond_it():
    """From 1 to 2 by 0.6 there are 1 and 1.6; nothing above 2 is drawn."""
    assert set(many({"numbers": [1, 2, 0.6]})) == {1.0, 1.6}


def test_integers_include_both_ends():
    """An integer is an int, since it may stand in code as a number of dimensions."""
    found = many({"integers": [2, 4]})
    assert set(found) == {2, 3, 4}
    assert all(type(each) is int for each in found)


def test_choices_are_any_values():
    """Text goes into code as it stands, so it is drawn as it stands."""
    assert set(many({"choices": ["x ** 2", "x ** 3"]})) == {"x ** 2", "x ** 3"}


@pytest.mark.parametrize(("shape", "outer", "inner"), [([3], 3, None), ([2, 3], 2, 3), ([1, 1], 1, 1)])
def test_a_shape_gives_nested_lists(shape, outer, inner):
    """A shape is that of the tensor which the lists become."""
    found = drawn(a={"numbers": [1, 9, 1], "shape": shape})["a"]
    assert torch.tensor(found).shape == tuple(shape)
    assert len(found) == outer
    assert inner is None or len(found[0]) == inner


def test_three_dimensions_are_filled_in_order():
    """No entry is lost or repeated on the way into nested lists."""
    found = drawn(a={"integers": [1, 24], "shape": [2, 3, 4], "distinct": True})["a"]
    assert sorted(torch.tensor(found).flatten().tolist()) == list(range(1, 25))
    assert torch.tensor(found).shape == (2, 3, 4)


@settings(derandomize=True, database=None, deadline=None)
@given(st.integers(0, 10**6))
def test_distinct_entries_never_repeat(seed):
    """Of four values for four entries each comes once."""
    assert set(drawn(seed, v={"choices": [0.1, 0.5, 2.0, 10.0], "shape": [4], "distinct": True})["v"]) == {
        0.1,
        0.5,
        2,
        10,
    }


def test_too_few_values_are_told():
    """Three different entries can't be had of two values; the message names the parameter."""
    with pytest.raises(NoDrawError, match=r"^v: there are too few different values for its shape$"):
        drawn(v={"integers": [1, 2], "shape": [3], "distinct": True})


def test_an_expression_sees_what_was_drawn_before_and_torch():
    """A parameter may be computed."""
    found = drawn(x={"integers": [2, 2]}, y={"is": "torch.ones(x).sum().item() + x"})
    assert found == {"x": 2, "y": 4.0}


def test_an_expression_that_draws_itself_is_no_chance():
    """A random expression gives the same in whatever state torch is: a seed must replay."""
    torch.manual_seed(1)
    first = drawn(r={"is": "torch.rand(1).item()"})
    torch.manual_seed(2)
    assert drawn(r={"is": "torch.rand(1).item()"}) == first


def test_an_expression_can_not_change_what_was_drawn():
    """What was drawn before stays as it was, whatever an expression does with it."""
    assert drawn(x={"choices": [[3, 1], [3, 1]]}, y={"is": "x.sort() or x"}) == {"x": [3, 1], "y": [1, 3]}


@pytest.mark.parametrize(
    ("expression", "problem"),
    [("1 / 0", "y: `1 / 0` raised ZeroDivisionError"), ("z", "y: `z` raised NameError"), ("1 +", "not valid Python")],
)
def test_an_expression_that_fails_is_told_by_name(expression, problem):
    """The author reads which parameter's expression failed, and how."""
    with pytest.raises(NoDrawError, match=problem.replace("`", ".")):
        drawn(y={"is": expression})


def test_the_same_seed_draws_the_same():
    """Rules are drawn in their order from one source of chance."""
    rules = {"a": {"numbers": [1, 9, 0.5], "shape": [4]}, "b": {"integers": [1, 1000]}}
    assert drawn(7, **rules) == drawn(7, **rules) != drawn(8, **rules)
