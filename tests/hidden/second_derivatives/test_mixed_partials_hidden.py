# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges mixed_partials."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, entries, oracle, probe, tensors

DOCUMENT_004 = Snippet("lambda x1, x2: x1**2 + x2**2 + x1 * x2")
CUBIC = Snippet("lambda x1, x2: x1**3 * x2**2")

SPARSE = (
    "{a} * x1 * x2",
    "{a} * x1 {b:+} * x2",
    "{a} * x2 {b:+}",
    "{a} * x2**2 {b:+} * x2",
    "{a} * x1**2 * x2 {b:+} * x1",
    "{a} * x1 * x2**2 {b:+} * x2**3",
    "{a} * x1**3 {b:+} * x2",
    "{a} * x1**3 {b:+} * x2**2",
)
COMPOSITIONS = (
    "torch.sin({a} * x1 * x2) {b:+} * x1**2",
    "x1**2 / (1 + (x2 {a:+})**2) {b:+} * x1 * x2",
    "torch.exp({a} * x1 / 4) * torch.cos({b} * x2)",
    "torch.sqrt(1 + (x1 {a:+})**2 * x2**2) {b:+} * x1**2 * x2",
)

coefficients = entries().filter(lambda value: value != 0)


@oracle
def hessian(f, x1, x2):
    """The oracle: torch's own second derivatives, which know nothing of how a student gets there."""
    rows = torch.autograd.functional.hessian(f, (x1, x2))
    return torch.stack([torch.stack(row) for row in rows])


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def point(a, b):
    return double(a), double(b)


@pytest.mark.check("documented", points=1.0, covers=["d4-o5"])
def test_document_second_derivatives(student):
    """The four second derivatives of document 004 at (3, 1).

    文档 004 在 (3, 1) 处的四个二阶导数。
    """
    x1, x2 = torch.tensor(3.0), torch.tensor(1.0)
    student.call(DOCUMENT_004, x1, x2).must_equal(torch.tensor([[2.0, 1.0], [1.0, 2.0]]))


@pytest.mark.check("documented", points=0.5, covers=["d4-o4"])
def test_document_first_derivatives(student):
    """The function of document 004 along x1 and along x2, each time multiplied by s**2 / 2.

    文档 004 的函数分别沿 x1 和沿 x2 方向，每次再乘以 s**2 / 2。
    """
    one = torch.tensor(1.0)  # at s = 1 the mixed entry is the first derivative: 7 by x1, 5 by x2
    along_x1 = Snippet("lambda s, x1: s**2 / 2 * (x1**2 + 1 + x1)")
    student.call(along_x1, one, torch.tensor(3.0)).must_equal(torch.tensor([[13.0, 7.0], [7.0, 1.0]]))
    along_x2 = Snippet("lambda s, x2: s**2 / 2 * (9 + x2**2 + 3 * x2)")
    student.call(along_x2, one, torch.tensor(1.0)).must_equal(torch.tensor([[13.0, 5.0], [5.0, 1.0]]))


@st.composite
def polynomials(draw):
    a, b, c, d = (draw(coefficients) for _ in range(4))
    f = Snippet(f"lambda x1, x2: {a} * x1**3 * x2**2 {b:+} * x1**2 * x2 {c:+} * x1 * x2**2 {d:+} * x1**2")
    return f, draw(tensors(())), draw(tensors(()))


@pytest.mark.check("probes", points=1.25)
@probe(polynomials(), examples=12)
def test_polynomials(student, case):
    """Polynomials in which the two variables play different parts.

    两个变量作用不同的多项式。
    """
    student.call(*case).must_equal(hessian(*case))


@st.composite
def filled_in(draw, templates):
    source = draw(st.sampled_from(templates)).format(a=draw(coefficients), b=draw(coefficients))
    return Snippet(f"lambda x1, x2: {source}"), draw(tensors(())), draw(tensors(()))


@pytest.mark.check("probes", points=1.0)
@probe(filled_in(COMPOSITIONS), examples=12)
def test_compositions(student, case):
    """Sines, roots, exponentials and quotients of both variables.

    两个变量的正弦、根式、指数和商。
    """
    student.call(*case).must_equal(hessian(*case))


@pytest.mark.check("probes", points=0.75)
@probe(filled_in(SPARSE), examples=20)
def test_sparse_polynomials(student, case):
    """Polynomials of few terms, so that some derivatives lack a variable or are constant.

    项数很少的多项式，有些导数因此缺少某个变量，或者是常数。
    """
    student.call(*case).must_equal(hessian(*case))


@pytest.mark.check("edges", points=0.25)
def test_linear_in_the_second_variable(student):
    """A function that is linear in x2 but not in x1.

    对 x2 是线性的、对 x1 不是线性的函数。
    """
    f = Snippet("lambda x1, x2: x1**2 * x2")
    student.call(f, *point(1.5, -2.0)).must_equal(double([[-4.0, 3.0], [3.0, 0.0]]))


@pytest.mark.check("edges", points=0.25)
def test_separable(student):
    """A sum of a function of x1 and a function of x2.

    一个只含 x1 的函数与一个只含 x2 的函数之和。
    """
    f = Snippet("lambda x1, x2: x1**3 + torch.exp(2 * x2)")
    expected = double([[9.0, 0.0], [0.0, 4.0]])
    student.call(f, *point(1.5, 0.0)).must_equal(expected)


@pytest.mark.check("edges", points=0.125)
def test_linear(student):
    """A linear function.

    线性函数。
    """
    f = Snippet("lambda x1, x2: 3 * x1 - 5 * x2")
    student.call(f, *point(0.5, 2.0)).must_equal(torch.zeros(2, 2, dtype=torch.float64))


@pytest.mark.check("edges", points=0.125)
def test_linear_in_one_variable_alone(student):
    """A linear function that makes no use of x1.

    没有用到 x1 的线性函数。
    """
    f = Snippet("lambda x1, x2: 5 * x2")
    student.call(f, *point(0.5, 2.0)).must_equal(torch.zeros(2, 2, dtype=torch.float64))


@pytest.mark.check("edges", points=0.25)
def test_one_variable_ignored(student):
    """A function that makes no use of x2.

    没有用到 x2 的函数。
    """
    f = Snippet("lambda x1, x2: x1**3")
    student.call(f, *point(-1.5, 2.0)).must_equal(double([[-9.0, 0.0], [0.0, 0.0]]))


@pytest.mark.check("edges", points=0.125)
def test_both_variables_ignored(student):
    """A function that always returns the same number.

    总是返回同一个数的函数。
    """
    f = Snippet("lambda x1, x2: torch.tensor(4.0, dtype=torch.float64)")
    student.call(f, *point(1.0, 2.0)).must_equal(torch.zeros(2, 2, dtype=torch.float64))


@pytest.mark.check("edges", points=0.125)
def test_arguments_with_a_history(student):
    """Arguments that already require grad and hold a gradient from earlier.

    参数已经 requires grad，并且带着以前的梯度。
    """
    x1, x2 = (x.requires_grad_() for x in point(2.0, 3.0))
    x1.grad, x2.grad = point(10.0, -0.5)
    student.call(CUBIC, x1, x2).must_equal(double([[108.0, 72.0], [72.0, 16.0]]))


@pytest.mark.check("edges", points=0.125, needs="test_document_second_derivatives")
def test_arguments_stay(student):
    """The arguments are left as they were.

    参数保持原样。
    """
    x1, x2 = point(2.0, 3.0)
    x1.grad = double(0.75)
    student.call(CUBIC, x1, x2).must_equal(double([[108.0, 72.0], [72.0, 16.0]])).must_leave_arguments()


@pytest.mark.check("edges", points=0.125, needs="test_document_second_derivatives")
def test_no_graph(student):
    """The result carries no graph.

    结果不带计算图。
    """
    student.call(CUBIC, *point(2.0, 3.0)).must_equal(double([[108.0, 72.0], [72.0, 16.0]])).must_carry_no_graph()
