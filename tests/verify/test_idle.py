"""Idle answers: whoever does nothing earns nothing, and a check that pays is named."""

import pytest
import torch

from grader.verify.idle import literal

TWO = "    student.call(1.5).must_equal(3.0)\n    student.call(0.75).must_equal(1.5)\n"
OBSERVED = """\
    student.observe(twice, 1.5).must_equal([3.0, 3.0])


def twice(namespace, x):
    return [namespace["double"](x), namespace["double"](x)]
"""


def expressions(throw_away):
    """Return the idle answers that were tried, in order."""
    (verified,) = throw_away.verify().exercises
    return [each.expression for each in verified.idle]


def test_every_idle_answer_is_tried(throw_away):
    """Constants, the argument and its copy, the right answer's form filled with numbers, and the documented values."""
    found = expressions(throw_away)
    for expected in ("None", "0", "1", "torch.empty(0)", "arguments[0]", "copied(arguments[0])", "3.0", "1.5"):
        assert expected in found
    assert [each for each in found if "reference" in each] == [
        f"filled(reference(*arguments), {number})" for number in ("0", "1", "nan")
    ]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("check", "paid"),
    [
        ("student.call(1.5).must_equal(3.0)", ["3.0"]),
        ("student.call(0.0).must_equal(0.0)", ["0", "arguments[0]", "copied(arguments[0])"]),
        ("student.call(0.5).must_equal(1.0)", ["1", "filled(reference(*arguments), 1)"]),
    ],
)
def test_a_check_that_pays_for_nothing_is_told(throw_away, replace, check, paid):
    """With all the answers that it pays for, and what to do about it."""
    replace(throw_away.hidden, TWO, f"    {check}\n")
    (name, problem), *_ = [(name, words) for name, _, words in throw_away.problems() if " pays " in words]
    assert name == "test_double_hidden.py"
    assert problem.startswith("half_of_three pays for an answer that does nothing: ")
    assert set(paid) <= set(problem.split("`")[1::2])
    assert problem.endswith("; let it ask for another right answer too")


def test_a_check_that_breaks_on_an_idle_answer_is_told(throw_away, replace):
    """A hidden test that reckons with the answer itself must expect any."""
    replace(throw_away.hidden, TWO, f"    assert student.call(2.5).value > 4\n{TWO}")
    broken = [problem for _, _, problem in throw_away.problems() if "breaks by itself on `" in problem]
    assert len(broken) == 1
    assert broken[0].startswith("half_of_three breaks by itself on ")


def test_an_observed_exercise_is_tried_too(throw_away, replace):
    """The observer meets the idle answers in the student's place; its report is a documented value like another."""
    replace(throw_away.hidden, TWO, OBSERVED)
    (verified,) = throw_away.verify().exercises
    assert "list([3.0, 3.0])" in [each.expression for each in verified.idle]
    assert {each.paid for each in verified.idle} == {()}


def test_calling_a_function_that_returns_nothing_is_no_idleness(throw_away, replace):
    """What it does is done to its arguments: an answer that calls the reference has done all of the work."""
    for path in (throw_away.solution, throw_away.starter):
        replace(path, "-> float:", "-> None:")
    assert [each for each in expressions(throw_away) if "reference" in each] == []


def test_a_rule_that_refuses_a_source_hides_no_payment(throw_away, replace):
    """An idle answer without the required call earns nothing by that rule; it is tried without the rule."""
    replace(throw_away.given / "exercise.yaml", "entry_points: [double]", "entry_points: [double]\nrequired: [abs]")
    for path in (throw_away.solution, *(throw_away.withheld / "wrong").iterdir()):
        replace(path, "    return", "    abs(x)\n    return")
    replace(throw_away.hidden, TWO, "    student.call(1.5).must_equal(3.0)\n")
    (problem,) = throw_away.problems()
    assert "half_of_three pays for an answer that does nothing: `3.0`" in problem[2]


@pytest.mark.parametrize(
    "value",
    [
        torch.tensor([[0.1, -2.0]], dtype=torch.float64),
        torch.tensor([1, 2]),
        torch.zeros(2, 0),
        torch.tensor(float("inf")),
        (torch.ones(2), None, [True, "text", 1 + 2j]),
        {"grad": torch.ones(1), "leaf": False},
        -1.5,
    ],
)
def test_a_value_is_written_down_as_it_is(value):
    """What the expression makes is the value, dtype and shape included."""
    made = eval(literal(value), {"torch": torch, "inf": float("inf")})
    assert same(made, value)


def same(one, other):
    """Whether two values are the same, tensors by shape, dtype and entries."""
    if isinstance(other, torch.Tensor):
        return one.dtype == other.dtype and torch.equal(one, other)
    if isinstance(other, list | tuple):
        return type(one) is type(other) and all(map(same, one, other))
    return same(list(one.items()), list(other.items())) if isinstance(other, dict) else one == other


@pytest.mark.parametrize("value", [object(), [object()], {"a": object()}])
def test_what_is_no_plain_value_is_not_written_down(value):
    """Then there is no such idle answer."""
    assert literal(value) == ""
