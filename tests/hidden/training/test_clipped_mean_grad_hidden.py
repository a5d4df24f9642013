# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges clipped_mean_grad."""

import math

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

HALF_SQUARE = Snippet("lambda w, x: (w @ x) ** 2 / 2")
SHIFTED = Snippet("lambda w, x: (w + x) @ (w + x)")
TANH = Snippet("lambda w, x: torch.tanh(w @ x).sum()")
SCALED = Snippet("lambda w, x: w**2 * x.sum() / 2")

VECTOR_LOSSES = ("(w @ x) ** 2 / 2", "torch.sin(w * x).sum()", "(w**2 @ x) + w.prod()", "((w - x) ** 2).sum()")
MATRIX_LOSSES = ("(w @ x).square().sum()", "torch.tanh(w @ x).sum()", "((w @ x) * w.sum(dim=1)).sum()")

numbers = quarters(-2, 2)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


W = [[0.5, -1.0, 0.25], [2.0, 0.75, -0.5]]
ROWS = [[1.0, -0.5, 2.0], [0.25, 0.5, -0.25], [-1.5, 3.0, 1.0]]


def used(values):
    """Parameters that require grad and hold an old .grad."""
    w = double(values).requires_grad_()
    w.grad = torch.full_like(w, 7.5).detach()
    return w


@oracle
def gradients(loss, w, X):
    """The gradient of each example, by a loop."""
    return [jacobian(lambda at, x=x: loss(at, x), w.detach()) for x in X.detach()]


def mean_of_clipped(loss, w, X, limit):
    """The oracle: lengths and clipping in plain Python."""
    total = torch.zeros_like(w.detach())
    for gradient in gradients(loss, w, X):
        length = math.sqrt(sum(entry**2 for entry in gradient.flatten().tolist()))
        total += gradient * (limit / length if length > limit else 1.0)
    return total / len(X)


@st.composite
def cases(draw, losses, outputs):
    """A loss, parameters, two to six examples, and a limit between the lengths of their gradients."""
    n = draw(pick((2, 3, 1), 0))
    shape = (n,) if outputs is None else (outputs, n)
    w = draw(tensors(shape, elements=numbers))
    X = draw(tensors((draw(pick((2, 3, 4, 5, 6), 0)), n), elements=numbers, start=2))
    loss = Snippet(f"lambda w, x: {draw(st.sampled_from(losses))}")
    lengths = sorted(each.norm().item() for each in gradients(loss, w, X))
    between = lengths[0] + draw(st.sampled_from([0.25, 0.5, 0.75])) * (lengths[-1] - lengths[0])
    return loss, w, X, max(0.125, round(between * 8) / 8)


def counted(namespace, loss, w, X, limit):
    """Report the result and whether at most two calls of loss were made."""
    calls = []

    def loss_counted(at, x):
        calls.append(1)
        return loss(at, x)

    return {"result": namespace["clipped_mean_grad"](loss_counted, w, X, limit), "two_calls_at_most": len(calls) <= 2}


@pytest.mark.check("documented", points=0.75)
def test_worked_example(student):
    """The example of the README, with one, both and none of the gradients clipped.

    README 中的例子：裁剪其中一个梯度、两个都裁剪、都不裁剪。
    """
    w, X = torch.ones(2), torch.tensor([[3.0, 4.0], [0.0, 1.0]])
    for limit, expected in ((5.0, [1.5, 2.5]), (0.5, [0.15, 0.45]), (100.0, [10.5, 14.5])):
        student.call(HALF_SQUARE, w, X, limit).must_equal(torch.tensor(expected))


@pytest.mark.check("documented", points=0.5)
def test_sums_of_squares(student):
    """The sum of squares, whose gradient is twice the vector, in each row.

    每一行都是平方和，它的梯度是该向量的两倍。
    """
    w, X = torch.zeros(4), torch.tensor([[0.0, 1.0, 2.0, 3.0], [1.0, 1.0, 1.0, 1.0]])
    student.call(SHIFTED, w, X, 100.0).must_equal(torch.tensor([1.0, 2.0, 3.0, 4.0]))
    student.call(SHIFTED, w, X, 2.0).must_equal(mean_of_clipped(SHIFTED, w, X, 2.0))
    student.call(SHIFTED, w, X, 5.0).must_equal(mean_of_clipped(SHIFTED, w, X, 5.0))


@pytest.mark.check("probes", points=1.25)
@probe(cases(VECTOR_LOSSES, None), examples=12)
def test_vectors_of_parameters(student, case):
    """A vector of parameters; some gradients exceed the limit, others do not.

    参数是向量；有的梯度超过限制，有的没有。
    """
    student.call(*case).must_equal(mean_of_clipped(*case))


@pytest.mark.check("probes", points=1.25)
@probe(cases(MATRIX_LOSSES, 2), examples=12)
def test_matrices_of_parameters(student, case):
    """A matrix of parameters; some gradients exceed the limit, others do not.

    参数是矩阵；有的梯度超过限制，有的没有。
    """
    student.call(*case).must_equal(mean_of_clipped(*case))


@pytest.mark.check("edges", points=0.25)
def test_gradient_of_length_zero(student):
    """An example whose gradient is 0, alone and beside others.

    梯度为 0 的样本，单独出现，以及和其他样本一起出现。
    """
    w = double([1.0, -2.0])
    for X in (double([[0.0, 0.0], [2.0, 0.5], [1.0, 1.0]]), double([[0.0, 0.0]])):
        student.call(HALF_SQUARE, w, X, 1.5).must_equal(mean_of_clipped(HALF_SQUARE, w, X, 1.5))


@pytest.mark.check("edges", points=0.25)
def test_one_example_and_one_parameter(student):
    """A single example, above and below the limit, and a single number as parameter.

    单个样本，超过与不超过限制；以及只有一个数的参数。
    """
    for limit in (0.5, 50.0):
        expected = mean_of_clipped(TANH, double(W), double(ROWS[:1]), limit)
        student.call(TANH, double(W), double(ROWS[:1]), limit).must_equal(expected)
    w, X = double(2.0), double([[1.0, 2.0], [-0.25, 0.0], [0.5, 0.25]])
    student.call(SCALED, w, X, 1.0).must_equal(mean_of_clipped(SCALED, w, X, 1.0))


@pytest.mark.check("edges", points=0.25)
def test_old_grads_do_not_count(student):
    """Parameters that require grad and hold an old .grad give the same, in a second call too.

    要求梯度、带着旧 .grad 的参数得到同样的结果，再调用一次也一样。
    """
    for answer in student.call_twice(TANH, used(W), used(ROWS), 1.0):
        answer.must_equal(mean_of_clipped(TANH, double(W), double(ROWS), 1.0))


@pytest.mark.check("edges", points=0.25)
def test_arguments_and_result(student):
    """The arguments w and X are left as they were, and the result carries no graph and has memory of its own.

    w 和 X 保持原样，结果不带计算图，占用自己的内存。
    """
    for w, X in ((double(W), double(ROWS)), (used(W), used(ROWS))):
        answer = student.call(TANH, w, X, 1.0).must_equal(mean_of_clipped(TANH, double(W), double(ROWS), 1.0))
        answer.must_leave_arguments().must_carry_no_graph().must_own_its_storage()


@pytest.mark.check("edges", points=0.25)
def test_calls_of_the_loss(student):
    """For 500 examples, loss is called at most twice.

    对 500 个样本，loss 最多调用两次。
    """
    w, X = double([1.0, -0.5, 2.0]), torch.linspace(-1, 2, 1500, dtype=torch.float64).reshape(500, 3)
    found = X * (X @ w)[:, None]
    expected = (found * (1.5 / found.norm(dim=1, keepdim=True)).clamp(max=1.0)).mean(dim=0)
    student.observe(counted, HALF_SQUARE, w, X, 1.5).must_equal({"result": expected, "two_calls_at_most": True})
