# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges Square. A Function crosses no border, so observers apply it beside the student's code."""

import gc
import weakref

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

TIMES_FIVE = Snippet("lambda y: 5 * y")
SHIFTED = Snippet("lambda y: 5 * y - 30")
ITSELF = Snippet("lambda x: x")
OUTER = ("{a} * y", "y / {a} - y**2", "torch.sin(y / {b})", "{a} * y.cumsum(0) - y", "y * y.flip(0) / {b}")
INNER = ("x", "x - {a}", "torch.tanh(x)", "x * x.flip(0)", "{b} * x")
a_factor, b_factor = (pick((2, 3, 4, 0.5, 1.5), place) for place in range(2))
numbers = quarters(-2, 2)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def leaf(values):
    """A leaf that requires grad."""
    return double(values).requires_grad_()


def applied(namespace, steps, x, v, order):
    """Report outer(square(inner(x))), where steps are inner and outer, and so many derivatives of its weighted sum."""
    inner, outer = steps
    y = outer(namespace["Square"].apply(inner(x)))
    found, current = [y.detach().clone()], v * y
    for _ in range(order):
        (current,) = torch.autograd.grad(current.sum(), x, create_graph=True)
        found.append(current.detach().clone())
        current = v * current
    return found


def changed_in_place(namespace, x, v):
    """Report the gradient of a weighted sum, and what another backward does once the input was changed in place."""
    square = namespace["Square"].apply
    (gradient,) = torch.autograd.grad((v * square(x * 1)).sum(), x)
    given = x * 1
    y = square(given)
    given.mul_(10)
    outcome = "no exception"
    try:
        torch.autograd.grad((v * y).sum(), x)
    except RuntimeError:
        outcome = "RuntimeError"
    return {"gradient": gradient, "after a change in place": outcome}


def what_stays_alive(namespace, x, v):
    """Report the gradient of a weighted sum, and what is alive once the result is gone."""
    given = x * 2
    y = namespace["Square"].apply(given)
    (gradient,) = torch.autograd.grad((v * y).sum(), x)
    alive = {"node": weakref.ref(y.grad_fn), "input": weakref.ref(given)}
    del y, given
    gc.collect()
    return {"gradient": gradient, "alive": {name: each() is not None for name, each in alive.items()}}


def applied_twice(namespace, x, v):
    """Report the gradient of a sum with two applications, and the result for a tensor that requires no grad."""
    square = namespace["Square"].apply
    (gradient,) = torch.autograd.grad((v * square(x)).sum() - (3 * square(x.flip(0) + 1)).sum(), x)
    plain = square(v)
    return {"gradient": gradient, "value without grad": plain.detach(), "requires_grad": plain.requires_grad}


class Power:
    """torch's own square, in the place of the student's class."""

    @staticmethod
    def apply(x):
        return x**2


@oracle
def right(steps, x, v, order):
    """What must be reported, by torch's own power."""
    return applied({"Square": Power}, steps, x.detach().requires_grad_(), v, order)


def ask(student, steps, x, v, order):
    student.observe(applied, steps, x, v, order).must_equal(right(steps, x, v, order))


@st.composite
def cases(draw, order):
    """Steps before and after the square, a point and weights."""
    inner, outer = (
        Snippet(f"lambda {name}: {draw(st.sampled_from(steps)).format(a=draw(a_factor), b=draw(b_factor))}")
        for name, steps in (("x", INNER), ("y", OUTER))
    )
    shape = draw(st.sampled_from(((3,), (2,), (2, 3))))
    x = draw(tensors(shape, elements=numbers)).requires_grad_()
    return (inner, outer), x, draw(tensors(shape, elements=numbers, start=2)), order


@pytest.mark.check("documented", points=0.625)
def test_worked_example(student):
    """The example of the README: 5 x^2 at 3, with two derivatives; then 5 x^2 - 30 at -2.

    README 中的例子：5 x^2 在 3 处的值和前两阶导数；然后是 5 x^2 - 30 在 -2 处。
    """
    one = double(1.0)
    for outer, at, expected in ((TIMES_FIVE, 3.0, [45.0, 30.0, 10.0]), (SHIFTED, -2.0, [-10.0, -20.0, 10.0])):
        student.observe(applied, (ITSELF, outer), leaf(at), one, 2).must_equal([double(each) for each in expected])


@pytest.mark.check("documented", points=0.625)
def test_document_sum_of_squares(student):
    """The sum of x^2 at (0, 1, 2, 3), whose gradient is (0, 2, 4, 6); then with other weights.

    x^2 之和在 (0, 1, 2, 3) 处，梯度是 (0, 2, 4, 6)；然后换成别的权重。
    """
    at = [0.0, 1.0, 2.0, 3.0]
    for v in ([1.0, 1.0, 1.0, 1.0], [0.5, -2.0, 3.0, 1.5]):
        gradient = double([0.0, 2.0, 4.0, 6.0]) * double(v)
        student.observe(applied, (ITSELF, ITSELF), leaf(at), double(v), 1).must_equal([double(at) ** 2, gradient])


@pytest.mark.check("probes", points=1.25)
@probe(cases(order=1), examples=12)
def test_gradients(student, case):
    """The square between other steps, with weights: value and gradient.

    夹在其他步骤之间的平方，带权重：值和梯度。
    """
    ask(student, *case)


@pytest.mark.check("probes", points=1.25)
@probe(cases(order=2), examples=12)
def test_second_derivatives(student, case):
    """The square between other steps, with weights: two derivatives.

    夹在其他步骤之间的平方，带权重：前两阶导数。
    """
    ask(student, *case)


@pytest.mark.check("edges", points=0.25)
def test_third_derivative(student):
    """Three derivatives, of a single number and of a vector.

    前三阶导数：单个数和向量。
    """
    outer = Snippet("lambda y: y**3 / 4 - 2 * y")
    ask(student, (ITSELF, outer), leaf(1.5), double(-2.0), 3)
    ask(student, (ITSELF, outer), leaf([0.5, -1.5]), double([3.0, 0.5]), 3)


@pytest.mark.check("edges", points=0.375)
def test_changed_in_place(student):
    """The gradient is right, and backward raises once the input was changed in place.

    梯度正确；输入被就地修改之后，反向传播报错。
    """
    for at, v in (([1.0, -2.0], [3.0, 0.5]), ([0.5, 1.5, 2.0], [1.0, -1.0, 4.0])):
        expected = {"gradient": 2 * double(at) * double(v), "after a change in place": "RuntimeError"}
        student.observe(changed_in_place, leaf(at), double(v)).must_equal(expected)


@pytest.mark.check("edges", points=0.375)
def test_two_applications(student):
    """Applied twice in one loss, each time to its own input; and to a tensor that requires no grad.

    在一个损失里使用两次，各有各的输入；以及用于不要求梯度的张量。
    """
    for at, v in (([1.0, -2.0], [3.0, 0.5]), ([0.5, 1.5, 2.0], [1.0, -1.0, 4.0])):
        x, weights = double(at), double(v)
        gradient = 2 * weights * x - 6 * (x + 1)
        expected = {"gradient": gradient, "value without grad": weights**2, "requires_grad": False}
        student.observe(applied_twice, leaf(at), weights).must_equal(expected)


@pytest.mark.check("edges", points=0.25)
def test_nothing_stays_alive(student):
    """Once the result is gone, its node and the input are gone too; the gradient was right.

    结果不在了，它的节点和输入也就不在了；梯度是正确的。
    """
    for at, v in (([1.0, -2.0], [3.0, 0.5]), ([0.5, 1.5, 2.0], [1.0, -1.0, 4.0])):
        expected = {"gradient": 8 * double(at) * double(v), "alive": {"node": False, "input": False}}
        student.observe(what_stays_alive, leaf(at), double(v)).must_equal(expected)
