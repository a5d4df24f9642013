"""Mutants: each small mistake that is made in a reference, and what is left alone."""

import ast

import pytest

from grader.verify.mutants import mutants_of


def changes(*lines):
    """Return what becomes of a function's body, as pairs of what was and what is now."""
    source = "import torch\n\n\ndef f(x, y):\n" + "".join(f"    {line}\n" for line in lines)
    found = mutants_of(source)
    assert all(ast.parse(each.source) for each in found)
    assert len({each.source for each in found}) == len(found)
    return [(each.was, each.becomes) for each in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("return x.clone()", [("x.clone()", "x")]),
        ("return x.detach()", [("x.detach()", "x")]),
        ("x.grad.zero_()", [("x.grad.zero_()", "")]),
        ("optimizer.zero_grad()", [("optimizer.zero_grad()", "")]),
        ("x.grad = None", [("x.grad = None", "")]),
        ("x += y", [("x += y", "x = y")]),
        ("return x + y", [("x + y", "x - y")]),
        ("return x - y", [("x - y", "x + y")]),
        ("return -x", [("-x", "x")]),
        ("return x @ y", [("x @ y", "y @ x")]),
        ("return x.T", [("x.T", "x")]),
        ("return x.mT", [("x.mT", "x")]),
        ("return g(x, y)", [("g(x, y)", "g(y, x)")]),
        ("return x.sum(0)", [("x.sum(0)", "x.sum(1)")]),
        ("return x.sum(-1)", [("x.sum(-1)", "x.sum(0)")]),
        ("return x.sum(dim=1)", [("x.sum(dim=1)", "x.sum(dim=0)")]),
        ("return x.to(dtype=torch.float64)", [("x.to(dtype=torch.float64)", "x.to(dtype=torch.float32)")]),
        ("return torch.eye(2, dtype=x.dtype)", [("torch.eye(2, dtype=x.dtype)", "torch.eye(2, dtype=torch.float64)")]),
        ("x.backward(retain_graph=True)", [("x.backward(retain_graph=True)", "x.backward()")]),
        ("x.backward(create_graph=False)", [("x.backward(create_graph=False)", "x.backward(create_graph=True)")]),
    ],
)
def test_each_mistake_is_made(line, expected):
    """One line with one thing to spoil has one mutant."""
    assert changes(line) == expected


def test_recording_is_switched_on_again():
    """What stood under `no_grad` is done without it."""
    (mutant,) = mutants_of("def f(x):\n    with torch.no_grad():\n        return 2 * x\n")
    assert mutant.change == "`with torch.no_grad():` became `if True:`"


def test_each_argument_changes_places_with_the_next():
    """Of three arguments, the first two and the last two."""
    assert changes("return g(1, 2, 3)") == [("g(1, 2, 3)", "g(2, 1, 3)"), ("g(1, 2, 3)", "g(1, 3, 2)")]


def test_a_mutant_says_where_it_is():
    """Its line is that of the reference; only one thing differs there, and every other line is as it was."""
    source = "def f(x):\n    a = x.clone()\n    b = x.clone()\n    return (a, b)\n"
    first, second = mutants_of(source)
    assert (first.line, second.line) == (2, 3)
    assert first.source == "def f(x):\n    a = x\n    b = x.clone()\n    return (a, b)"
    assert second.source == "def f(x):\n    a = x.clone()\n    b = x\n    return (a, b)"
    assert first.change == "`x.clone()` became `x`"


@pytest.mark.parametrize("line", ["return x * y", "return g(x)", "return x.sum()", "return g(1, 1)", "x = None"])
def test_what_no_mistake_fits_is_left_alone(line):
    """Neither a line without anything to spoil nor a change that changes nothing makes a mutant."""
    assert changes(line) == []


def test_a_dropped_statement_is_told_as_dropped():
    """There is nothing that it became."""
    (mutant,) = mutants_of("x.grad = None\n")
    assert mutant.change == "`x.grad = None` was dropped"
