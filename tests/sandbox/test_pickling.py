"""Callables of the judge, pickled by value and without a trace of where they come from."""

import subprocess
import sys
from pathlib import Path

import cloudpickle
import pytest
import torch

from grader.protocol.messages import Call, Observe
from grader.protocol.snippet import Snippet
from grader.sandbox.pickling import pickle_callable

SCALE = 3.0
WEIGHTS = torch.tensor([1.0, 2.0])
FACTOR = torch.tensor([2.0], requires_grad=True)


def closing_over_a_tensor():
    weights = torch.arange(4.0).reshape(2, 2).T
    return lambda x: (x * weights).sum()


def with_a_default():
    def scaled(x, factor=FACTOR):
        return x * factor

    return scaled


def with_an_inner_function():
    def outer(x):
        def inner(y):
            return y + 1

        return inner(x)

    return outer


def closing_over_a_snippet():
    double = Snippet("lambda x: 2 * x")
    return lambda x: double(x) + 1


FUNCTIONS = {
    "a global number": lambda: lambda x: x * SCALE,
    "a global tensor": lambda: lambda x: x * WEIGHTS,
    "a tensor in a closure": closing_over_a_tensor,
    "a tensor as default": with_a_default,
    "an inner function": with_an_inner_function,
    "a snippet in a closure": closing_over_a_snippet,
    "a snippet": lambda: Snippet("lambda x: 2 * x"),
}


@pytest.mark.parametrize("make", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_pickled_function_does_the_same(make):
    """A function made from its pickle returns what the original returns."""
    x = torch.tensor([1.0, 2.0])
    assert torch.equal(cloudpickle.loads(pickle_callable(make()))(x), make()(x))


@pytest.mark.parametrize("make", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_pickle_tells_no_place(root, make):
    """A pickle holds neither the path of the judge's files nor the name under which a module keeps one."""
    data = pickle_callable(make())
    assert str(root).encode() not in data
    assert b"__file__" not in data


def test_a_plain_pickle_does_tell_its_place(root):
    """What the test above looks for is there when a function is pickled in the ordinary way."""
    data = cloudpickle.dumps(closing_over_a_tensor())
    assert str(root).encode() in data
    assert b"__file__" in data


def test_a_tensor_is_pickled_as_values():
    """A tensor in a closure travels as its values and arrives as a leaf in its state, without torch's own pickling."""
    weights = torch.arange(6.0).reshape(2, 3).T.requires_grad_()
    data = pickle_callable(lambda: weights)
    assert b"_rebuild_tensor" not in data
    again = cloudpickle.loads(data)()
    assert again.is_leaf
    assert again.requires_grad
    assert torch.equal(again, weights)


def test_a_frame_of_a_pickled_function_has_a_name_of_its_own():
    """In a traceback a function of the judge stands under a name that is no file's, its inner functions too."""
    outer = cloudpickle.loads(pickle_callable(with_an_inner_function()))
    inner = next(each for each in outer.__code__.co_consts if hasattr(each, "co_filename"))
    assert outer.__code__.co_filename == inner.co_filename == "<given function>"


def test_a_pickle_is_read_without_the_judge():
    """An interpreter that has only the protocol reads the pickle: nothing in it points into a module of the judge."""
    program = (
        "import sys, cloudpickle, torch\n"
        "function = cloudpickle.loads(sys.stdin.buffer.read())\n"
        "print(float(function(torch.ones(2, 2))), *(m for m in sys.modules if m.startswith(('tests', 'grader'))))"
    )
    answer = subprocess.run(
        [sys.executable, "-I", "-c", program],
        input=pickle_callable(closing_over_a_tensor()),
        capture_output=True,
        check=True,
    )
    total, *modules = answer.stdout.decode().split()
    assert float(total) == 6.0
    wire = {f"grader.protocol.{name}" for name in ("errors", "memory", "values")}
    assert set(modules) <= {"grader", "grader.protocol", *wire}


def test_a_students_function_is_given_functions(start):
    """Snippets and closures reach the student's code as functions that it can call and differentiate."""
    source = (
        "import torch\ndef f(g, x):\n    x = x.clone().requires_grad_()\n    return torch.autograd.grad(g(x), x)[0]\n"
    )
    student = start(source)
    x = torch.ones(2, 2)
    squares = student.value(Snippet("lambda x: (x ** 2).sum()"), x)
    assert squares.tensor().tolist() == [[2.0, 2.0], [2.0, 2.0]]
    assert student.value(closing_over_a_tensor(), x).tensor().tolist() == [[0.0, 2.0], [1.0, 3.0]]


def test_a_given_function_that_raises_is_told_at_the_students_line(start):
    """When a given function fails, the line is that of the student's call of it, and no place of ours is told."""
    student = start("def f(g):\n    return g(0)")
    raised = student.call(lambda x: 1 / x).raised
    assert (raised.type, raised.line) == ("ZeroDivisionError", 2)
    source = "import traceback\ndef f(g):\n    try: g(0)\n    except Exception: return traceback.format_exc()"
    traceback = start(source).value(lambda x: 1 / x)
    assert 'File "<given function>"' in traceback
    assert Path(__file__).name not in traceback


def test_functions_travel_in_every_request(start):
    """A call's arguments may hold functions inside containers, and a probe is one."""
    student = start("def f(functions):\n    return [g(3) for g in functions]")
    assert student.value([lambda x: x + 1, Snippet("lambda x: x * 2")]) == [4, 6]
    reply = student.process.ask(Observe(lambda names, given: names["f"]([given]), (lambda x: -x,)))
    assert reply.observations[0].value == [-3]
    twice = student.process.ask(Call("f", ([lambda x: x],), times=2))
    assert [each.value for each in twice.observations] == [[3], [3]]
