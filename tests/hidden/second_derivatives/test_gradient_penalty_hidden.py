# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges gradient_penalty."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, oracle, probe, quarters, tensors

SQUARE = Snippet("lambda p, x: p[0] * x**2")
TWO_TERMS = Snippet("lambda p, x: p[0] * x**2 + p[1] * x")
TANH = Snippet("lambda p, x: (p[0] * torch.tanh(p[1] @ x)).sum()")
WITHOUT_X = Snippet("lambda p, x: (p[0] ** 2).sum() - p[1].sum()")
THREE_PARTS = Snippet("lambda p, x: p[0] * (x - 2) + p[2] ** 2 * x")

numbers = quarters(-1.5, 1.5)


def bilinear_loss(x, a, w):
    """The loss of a^T w x, whose gradient with respect to x is w^T a."""
    return a @ w @ x + (w.T @ a).square().sum()


def tanh_loss(x, a, w, b=0.0):
    """The loss of a^T tanh(w x + b), whose gradient with respect to x is w^T (a (1 - tanh^2))."""
    h = torch.tanh(w @ x + b)
    return a @ h + (w.T @ (a * (1 - h**2))).square().sum()


LOSSES = {"bilinear": bilinear_loss, "tanh": tanh_loss}


@oracle
def gradients(kind, params, x):
    """The oracle: the gradient of y + |g|^2 with g written down by hand."""
    at = x.detach()
    return list(jacobian(lambda *p: LOSSES[kind](at, *p), tuple(p.detach() for p in params)))


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def plain():
    """Two parameters and a point that ask for no gradient."""
    return [double([0.5, -2.0]), double([[1.0, -0.5, 0.25], [0.75, 1.5, -1.0]])], double([0.5, 1.0, -1.5])


def with_a_history():
    """Two parameters and a point that require grad and hold an old gradient each."""
    params, x = plain()
    for number, tensor in enumerate((*params, x)):
        tensor.requires_grad_()
        tensor.grad = torch.full_like(tensor, 10.0 - 3 * number).detach()
    return params, x


def watched(namespace, f, params, x):
    """Report the gradients and how often f was called."""
    calls = []

    def watched_f(*arguments):
        calls.append(1)
        return f(*arguments)

    return {"gradients": namespace["gradient_penalty"](watched_f, params, x), "calls_of_f": len(calls)}


@st.composite
def bilinear_cases(draw):
    """A bilinear form of two parameters."""
    m = draw(st.integers(1, 3))
    params = [draw(tensors((m,), elements=numbers)), draw(tensors((m, 3), elements=numbers))]
    return Snippet("lambda p, x: p[0] @ p[1] @ x"), params, draw(tensors((3,), elements=numbers)), "bilinear"


@st.composite
def tanh_cases(draw):
    """A small network of two or three parameters."""
    m, bias = draw(st.integers(1, 3)), draw(st.booleans())
    shapes = ((m,), (m, 3), (m,))[: 3 if bias else 2]
    inner = "p[1] @ x + p[2]" if bias else "p[1] @ x"
    f = Snippet(f"lambda p, x: (p[0] * torch.tanh({inner})).sum()")
    params = [draw(tensors(shape, elements=numbers)) for shape in shapes]
    return f, params, draw(tensors((3,), elements=numbers)), "tanh"


@pytest.mark.check("documented", points=1.25)
def test_worked_examples(student):
    """p0 x^2 alone, and the example of the README, p0 x^2 + p1 x.

    只有 p0 x^2 的情形，以及 README 中的例子 p0 x^2 + p1 x。
    """
    three, one, two = (torch.tensor(number) for number in (3.0, 1.0, 2.0))
    student.call(SQUARE, [three], two).must_equal([torch.tensor(100.0)])
    student.call(TWO_TERMS, [three, one], two).must_equal([torch.tensor(108.0), torch.tensor(28.0)])


@pytest.mark.check("probes", points=1.0)
@probe(bilinear_cases(), examples=12)
def test_bilinear_forms(student, case):
    """Bilinear forms: a vector times a matrix times x.

    双线性型：向量乘矩阵再乘 x。
    """
    f, params, x, kind = case
    student.call(f, params, x).must_equal(gradients(kind, params, x))


@pytest.mark.check("probes", points=1.5)
@probe(tanh_cases(), examples=12)
def test_small_networks(student, case):
    """Small networks with tanh, with and without a bias.

    带 tanh 的小网络，有偏置或没有偏置。
    """
    f, params, x, kind = case
    student.call(f, params, x).must_equal(gradients(kind, params, x))


@pytest.mark.check("edges", points=0.25)
def test_x_ignored(student):
    """A function that ignores x, so that the penalty is zero.

    不用 x 的函数，惩罚项为零。
    """
    params, x = plain()
    student.call(WITHOUT_X, params, x).must_equal([double([1.0, -4.0]), -torch.ones(2, 3, dtype=torch.float64)])


@pytest.mark.check("edges", points=0.25)
def test_parameters_of_three_kinds(student):
    """A parameter that acts through the penalty alone, one that acts in no way, and one that acts in both ways.

    一个参数只通过惩罚项起作用，一个完全不起作用，一个两方面都起作用。
    """
    params = [double(1.5), double([4.0, -1.0]), double(0.5)]
    student.call(THREE_PARTS, params, double(2.0)).must_equal([double(3.5), double([0.0, 0.0]), double(5.5)])


@pytest.mark.check("edges", points=0.25)
def test_old_grads_do_not_count(student):
    """Parameters and x require grad and hold an old gradient; a second call gives the same answer.

    参数和 x 都已要求梯度并带着旧的梯度；再调用一次，答案相同。
    """
    for answer in student.call_twice(TANH, *with_a_history()):
        answer.must_equal(gradients("tanh", *plain()))


@pytest.mark.check("edges", points=0.25)
def test_arguments_are_left_alone(student):
    """Parameters and x are left as they were, with and without an old gradient.

    参数和 x 保持原样，不论有没有旧的梯度。
    """
    for arguments in (plain(), with_a_history()):
        student.call(TANH, *arguments).must_equal(gradients("tanh", *plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_plain_results(student):
    """The gradients carry no graph and lie in memory of their own.

    各个梯度不带计算图，占用自己的内存。
    """
    answer = student.call(TANH, *plain()).must_equal(gradients("tanh", *plain()))
    answer.must_carry_no_graph().must_own_its_storage()


@pytest.mark.check("edges", points=0.125)
def test_one_call(student):
    """One call of f is enough.

    只调用一次 f。
    """
    expected = {"gradients": gradients("tanh", *plain()), "calls_of_f": 1}
    student.observe(watched, TANH, *plain()).must_equal(expected)
