# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges straight_through. A graph crosses no border, so observers use the result beside the student's code."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, pick, probe, quarters, tensors

ROUND = Snippet("lambda x: torch.round(x)")
TWICE_ROUNDED = Snippet("lambda x: 2 * torch.round(x)")
SQUARE = Snippet("lambda x: x**2")
ITSELF = Snippet("lambda x: x")

STEPS = (
    "torch.round({a} * x)",
    "{a} * torch.sign(x)",
    "torch.floor(x) - {a}",
    "{a} * torch.ceil(x / {b})",
)
SLOPES = (
    "{a} * x.clamp(max={b})",
    "x**2 / {a}",
    "{a} * torch.tanh(x) - {b}",
    "torch.round(x) + x / {a}",
)

a_factor, b_factor = (pick((2, 3, 4, 5, 0.5, 1.5, 2.5), place) for place in range(2))
numbers = quarters()


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def from_a_leaf(namespace, q, x, v):
    """Report the value, what backward(v) leaves in x.grad, and the values of x afterwards."""
    result = namespace["straight_through"](q, x)
    value = result.detach().clone()
    result.backward(v)
    return {"value": value, "x_grad": x.grad, "x": x.detach().clone()}


def with_further_steps(namespace, q, x, v):
    """Report the value of the weighted sum of cubes of the result, and its gradient at x."""
    result = namespace["straight_through"](q, x)
    loss = (v * result**3).sum()
    loss.backward()
    return {"loss": loss.detach(), "x_grad": x.grad}


def from_a_computed_tensor(namespace, q, leaf, v):
    """Report the value and the gradient at the leaf where x is the leaf's square."""
    result = namespace["straight_through"](q, leaf**2)
    value = result.detach().clone()
    result.backward(v)
    return {"value": value, "leaf_grad": leaf.grad}


def differentiated_twice(namespace, q, x, v):
    """Report the first and the second derivative of the weighted sum of cubes of the result."""
    result = namespace["straight_through"](q, x)
    (first,) = torch.autograd.grad((v * result**3).sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), x)
    return {"first": first.detach(), "second": second}


def without_grad(namespace, q, x):
    """Report the value and the flags where x requires no grad, and what is left in x."""
    result = namespace["straight_through"](q, x)
    flags = {"result_requires_grad": result.requires_grad, "x_requires_grad": x.requires_grad}
    return {"value": result.detach().clone(), **flags, "x": x.detach().clone(), "x_grad": x.grad}


def leaf(values):
    """A tensor that requires grad."""
    return double(values).requires_grad_()


@st.composite
def cases(draw, templates):
    """A function q, a point and weights."""
    q = Snippet(f"lambda x: {draw(st.sampled_from(templates)).format(a=draw(a_factor), b=draw(b_factor))}")
    shape = draw(st.sampled_from(((3,), (4,), (2, 3))))
    return q, draw(tensors(shape, elements=numbers)), draw(tensors(shape, elements=numbers, start=1))


@pytest.mark.check("documented", points=1.0)
def test_worked_example(student):
    """The example of the README, and plain rounding at other points: value, gradient, and x afterwards.

    README 中的例子，以及在其他点处的普通取整：值、梯度，以及之后的 x。
    """
    for q, x, v, value in (
        (TWICE_ROUNDED, [1.4, 2.6], [1.0, 10.0], [2.0, 6.0]),
        (ROUND, [-0.75, 3.25], [-2.0, 0.5], [-1.0, 3.0]),
    ):
        expected = {"value": double(value), "x_grad": double(v), "x": double(x)}
        student.observe(from_a_leaf, q, leaf(x), double(v)).must_equal(expected)


@pytest.mark.check("probes", points=1.0)
@probe(cases(STEPS), examples=12)
def test_functions_with_jumps(student, case):
    """Rounding, sign and floor, whose own slope is 0.

    取整、符号和向下取整，它们自身的斜率为 0。
    """
    q, x, v = case
    expected = {"value": q(x), "x_grad": v, "x": x}
    student.observe(from_a_leaf, q, x.clone().requires_grad_(), v).must_equal(expected)


@pytest.mark.check("probes", points=1.0)
@probe(cases(SLOPES), examples=12)
def test_functions_with_a_slope(student, case):
    """Functions with a slope of their own, followed by further steps: the gradient of the weighted sum of cubes.

    自身带有斜率的函数，后面再接运算：各结果的立方加权求和，求它的梯度。
    """
    q, x, v = case
    expected = {"loss": (v * q(x) ** 3).sum(), "x_grad": 3 * v * q(x) ** 2}
    student.observe(with_further_steps, q, x.clone().requires_grad_(), v).must_equal(expected)


@pytest.mark.check("edges", points=0.25)
def test_q_returns_its_argument(student):
    """A q that rounds, then one that returns its argument unchanged.

    先是取整的 q，然后是原样返回自变量的 q。
    """
    x, v = double([1.5, -0.75]), double([2.0, -3.0])
    for q in (TWICE_ROUNDED, ITSELF):
        expected = {"value": q(x), "x_grad": v, "x": x}
        student.observe(from_a_leaf, q, x.clone().requires_grad_(), v).must_equal(expected)


@pytest.mark.check("edges", points=0.25)
def test_computed_argument(student):
    """An x that was computed from a leaf: the gradient arrives at the leaf.

    x 由一个叶子张量算出：梯度一直传到那个叶子。
    """
    base, v = double([1.5, -0.75, 2.0]), double([2.0, -3.0, 0.5])
    expected = {"value": torch.round(base**2), "leaf_grad": 2 * base * v}
    student.observe(from_a_computed_tensor, ROUND, base.clone().requires_grad_(), v).must_equal(expected)


@pytest.mark.check("edges", points=0.25)
def test_differentiated_twice(student):
    """First and second derivative of the weighted sum of cubes of the result: q adds nothing to either.

    各结果的立方加权求和的一阶和二阶导数：q 对两者都没有贡献。
    """
    x, v = double([1.5, -0.75, 2.0]), double([2.0, -3.0, 0.5])
    expected = {"first": 3 * v * x**4, "second": 6 * v * x**2}
    student.observe(differentiated_twice, SQUARE, x.clone().requires_grad_(), v).must_equal(expected)


@pytest.mark.check("edges", points=0.25)
def test_no_grad_wanted(student):
    """An x that requires no grad keeps its flag and its old gradient, and the result requires none; then one that does.

    先是不要求梯度的 x：它的标志和旧的梯度不变，结果也不要求梯度；然后是要求梯度的 x。
    """
    x, v, old = double([1.25, -0.75]), double([2.0, -3.0]), double([10.0, -4.0])
    plain = x.clone()
    plain.grad = old
    flags = {"result_requires_grad": False, "x_requires_grad": False}
    expected = {"value": double([2.0, -2.0]), **flags, "x": x, "x_grad": old}
    student.observe(without_grad, TWICE_ROUNDED, plain).must_equal(expected)
    expected = {"value": double([2.0, -2.0]), "x_grad": v, "x": x}
    student.observe(from_a_leaf, TWICE_ROUNDED, x.clone().requires_grad_(), v).must_equal(expected)
