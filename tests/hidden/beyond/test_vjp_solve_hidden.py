# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges vjp_solve."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import oracle, pick, probe, quarters, tensors

numbers = quarters(-2, 2)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


@oracle
def gradients(A, b, v):
    """The oracle: autograd through torch.linalg.solve, in float64."""
    leaves = [each.detach().double().requires_grad_() for each in (A, b)]
    return torch.autograd.grad(torch.linalg.solve(*leaves), leaves, v.detach().double())


SYSTEM = ([[3.0, 1.0, -0.5], [0.5, -4.0, 1.0], [2.0, 0.25, 5.0]], [1.0, -2.0, 3.0], [0.5, 2.0, -1.0])


def plain():
    """A system and weights that ask for no gradient."""
    return [double(each) for each in SYSTEM]


def used():
    """The same with requires_grad and an old .grad each."""
    arguments = plain()
    for number, each in enumerate(arguments):
        each.requires_grad_()
        each.grad = torch.full_like(each, 10.0 - 3 * number).detach()
    return arguments


@st.composite
def systems(draw, sizes):
    """A system whose diagonal is larger than the rest of its row, and weights."""
    n = draw(pick(sizes, 0))
    off = draw(tensors((n, n), elements=numbers))
    signs = draw(tensors((n,), elements=(1.0, -1.0)))
    A = off - off.diagonal().diag() + torch.diag(signs * (off.abs().sum(dim=1) + 1))
    return A, draw(tensors((n,), elements=numbers, start=1)), draw(tensors((n,), elements=numbers, start=3))


@st.composite
def triangles(draw):
    """A triangular system, upper or lower, and weights."""
    n = draw(pick((2, 3, 4), 0))
    full = draw(tensors((n, n), elements=(1.0, 2.0, -1.0, 0.5, 3.0)))
    A = full.triu() if draw(st.booleans()) else full.tril()
    return A, draw(tensors((n,), elements=numbers, start=1)), draw(tensors((n,), elements=numbers, start=3))


@pytest.mark.check("documented", points=1.25)
def test_worked_example(student):
    """The example of the README, once for each entry of the solution.

    README 中的例子，解的每个元素各计一次。
    """
    A, b = torch.tensor([[2.0, 1.0], [0.0, 1.0]]), torch.tensor([4.0, 2.0])
    for v, dA, db in (
        ([1.0, 0.0], [[-0.5, -1.0], [0.5, 1.0]], [0.5, -0.5]),
        ([0.0, 3.0], [[0.0, 0.0], [-3.0, -6.0]], [0.0, 3.0]),
    ):
        student.call(A, b, torch.tensor(v)).must_equal((torch.tensor(dA), torch.tensor(db)))


@pytest.mark.check("probes", points=1.5)
@probe(systems((2, 3, 4)), examples=12)
def test_systems(student, case):
    """Systems of two to four equations that are not symmetric.

    两到四个方程的非对称方程组。
    """
    student.call(*case).must_equal(gradients(*case))


@pytest.mark.check("probes", points=1)
@probe(triangles(), examples=12)
def test_triangular_systems(student, case):
    """Systems with an upper or lower triangle.

    上三角或下三角方程组。
    """
    student.call(*case).must_equal(gradients(*case))


@pytest.mark.check("edges", points=0.25)
def test_a_single_equation(student):
    """One equation with one unknown.

    一个方程，一个未知数。
    """
    for a, b, v in ((4.0, 8.0, 3.0), (-0.5, 2.0, 1.0)):
        expected = double([[-v * b / a**2]]), double([v / a])
        student.call(double([[a]]), double([b]), double([v])).must_equal(expected)


@pytest.mark.check("edges", points=0.25)
def test_rotation_and_no_weights(student):
    """A rotation, whose transpose is its inverse, with weights, then weights that are all 0.

    旋转矩阵，它的转置就是逆；先是一般的权重，再是全为 0 的权重。
    """
    A, b = double([[0.6, -0.8], [0.8, 0.6]]), double([1.0, 2.0])
    for v in (double([3.0, -1.0]), double([0.0, 0.0])):
        student.call(A, b, v).must_equal(gradients(A, b, v))


@pytest.mark.check("edges", points=0.25)
def test_old_grads_do_not_count(student):
    """Arguments that require grad and hold an old .grad give the same, in a second call too.

    要求梯度、带着旧 .grad 的参数得到同样的结果，再调用一次也一样。
    """
    for answer in student.call_twice(*used()):
        answer.must_equal(gradients(*plain()))


@pytest.mark.check("edges", points=0.5)
def test_arguments_and_results(student):
    """The arguments are left as they were, and the results carry no graph and have memory of their own.

    各参数保持原样，结果不带计算图，占用自己的内存。
    """
    for arguments in (plain(), used()):
        answer = student.call(*arguments).must_equal(gradients(*plain()))
        answer.must_leave_arguments().must_carry_no_graph().must_own_its_storage()
