# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges mixed_partials."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, pick, probe, tensors

TUTORIAL = Snippet("lambda x1, x2: x1**2 + x2**2 + x1 * x2")
CUBIC = Snippet("lambda x1, x2: x1**3 * x2**2")

SPARSE = (
    "{a} * x1 * x2",
    "{a} * x1 - {b} * x2",
    "{a} * x2 - {b}",
    "{a} * x2**2 + {b} * x2",
    "{a} * x1**2 * x2 - {b} * x1",
    "{a} * x1 * x2**2 + {b} * x2**3",
    "{a} * x1**3 - {b} * x2",
    "{a} * x1**3 - {b} * x2**2",
)
COMPOSITIONS = (
    "torch.sin({a} * x1 * x2) - {b} * x1**2",
    "x1**2 / ((x2 - {a})**2 + 1) + {b} * x1 * x2",
    "torch.exp(x1 / {a}) * torch.cos({b} * x2)",
    "torch.sqrt((x1 + {a})**2 * x2**2 + 1) - {b} * x1**2 * x2",
)

FACTORS = (2, 3, 4, 5, 0.5, 1.5, 2.5)
a_factor, b_factor, c_factor = (pick(FACTORS, place) for place in range(3))
first_coordinate, second_coordinate = (tensors((), start=place) for place in range(2))


@oracle
def hessian(f, x1, x2):
    """The oracle: torch's own second derivatives, which know nothing of how a student gets there."""
    rows = torch.autograd.functional.hessian(f, (x1, x2))
    return torch.stack([torch.stack(row) for row in rows])


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def point(a, b):
    return double(a), double(b)


def plain():
    """Two tensors that ask for no gradient."""
    return point(2.0, 3.0)


def with_a_history():
    """Two tensors that require grad and hold an old gradient each."""
    x1, x2 = (x.requires_grad_() for x in plain())
    x1.grad, x2.grad = point(10.0, -0.5)
    return x1, x2


@pytest.mark.check("documented", points=1.0, covers=["d4-o5"])
def test_tutorial_second_derivatives(student):
    """The four second derivatives of the README's x1^2 + x2^2 + x1 x2, and those of its square.

    README 中 x1^2 + x2^2 + x1 x2 的四个二阶导数，以及它的平方的四个二阶导数。
    """
    x1, x2 = torch.tensor(3.0), torch.tensor(1.0)
    student.call(TUTORIAL, x1, x2).must_equal(torch.tensor([[2.0, 1.0], [1.0, 2.0]]))
    # With y = 13, first derivatives 7 and 5: d2(y^2) = 2 (dy dy + y d2y).
    squared = Snippet("lambda x1, x2: (x1**2 + x2**2 + x1 * x2) ** 2")
    student.call(squared, x1, x2).must_equal(torch.tensor([[150.0, 96.0], [96.0, 102.0]]))


@pytest.mark.check("documented", points=0.5, covers=["d4-o4"])
def test_tutorial_first_derivatives(student):
    """s^2 / 2 times x1^2 + x2^2 + x1 x2 with x2 = 1, as a function of s and x1; then the same with x1 = 3, of s and x2.

    s^2 / 2 乘以 x1^2 + x2^2 + x1 x2：先取 x2 = 1，看作 s 和 x1 的函数；再取 x1 = 3，看作 s 和 x2 的函数。
    """
    one = torch.tensor(1.0)  # at s = 1 the mixed entry is the first derivative: 7 with respect to x1, 5 to x2
    along_x1 = Snippet("lambda s, x1: s**2 / 2 * (x1**2 + 1 + x1)")
    student.call(along_x1, one, torch.tensor(3.0)).must_equal(torch.tensor([[13.0, 7.0], [7.0, 1.0]]))
    along_x2 = Snippet("lambda s, x2: s**2 / 2 * (9 + x2**2 + 3 * x2)")
    student.call(along_x2, one, torch.tensor(1.0)).must_equal(torch.tensor([[13.0, 5.0], [5.0, 1.0]]))


@st.composite
def polynomials(draw):
    a, b, c = draw(a_factor), draw(b_factor), draw(c_factor)
    f = Snippet(f"lambda x1, x2: {a} * x1**3 * x2**2 - {b} * x1**2 * x2 + {c} * x1 * x2**2 - x1**2")
    return f, draw(first_coordinate), draw(second_coordinate)


@pytest.mark.check("probes", points=1.25)
@probe(polynomials(), examples=12)
def test_polynomials(student, case):
    """Polynomials in which the two variables play different parts.

    两个变量作用不同的多项式。
    """
    student.call(*case).must_equal(hessian(*case))


@st.composite
def filled_in(draw, templates):
    source = draw(st.sampled_from(templates)).format(a=draw(a_factor), b=draw(b_factor))
    return Snippet(f"lambda x1, x2: {source}"), draw(first_coordinate), draw(second_coordinate)


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
    """A function that is linear in x2 alone, then one that is linear in both variables.

    先是只对 x2 线性的函数，然后是对两个变量都线性的函数。
    """
    bilinear = Snippet("lambda x1, x2: x1**2 - 5 * x2")
    student.call(bilinear, *point(0.5, 2.0)).must_equal(double([[2.0, 0.0], [0.0, 0.0]]))
    f = Snippet("lambda x1, x2: 3 * x1 - 5 * x2")
    student.call(f, *point(0.5, 2.0)).must_equal(torch.zeros(2, 2, dtype=torch.float64))


@pytest.mark.check("edges", points=0.25)
def test_one_variable_ignored(student):
    """Functions that ignore one of their arguments, a linear one among them.

    不用其中一个参数的函数，其中一个是线性的。
    """
    f = Snippet("lambda x1, x2: x1**3")
    student.call(f, *point(-1.5, 2.0)).must_equal(double([[-9.0, 0.0], [0.0, 0.0]]))
    f = Snippet("lambda x1, x2: 5 * x2")
    student.call(f, *point(0.5, 2.0)).must_equal(torch.zeros(2, 2, dtype=torch.float64))


@pytest.mark.check("edges", points=0.125)
def test_both_variables_ignored(student):
    """A function of both arguments, then one that always returns the same number.

    先是两个参数的函数，然后是总返回同一个数的函数。
    """
    student.call(CUBIC, *plain()).must_equal(hessian(CUBIC, *plain()))
    f = Snippet("lambda x1, x2: torch.tensor(4.0, dtype=torch.float64)")
    student.call(f, *point(1.0, 2.0)).must_equal(torch.zeros(2, 2, dtype=torch.float64))


@pytest.mark.check("edges", points=0.125)
def test_old_grads_do_not_count(student):
    """Both arguments require grad and hold an old gradient; a second call gives the same answer.

    两个参数都已要求梯度并带着旧的梯度；再调用一次，答案相同。
    """
    for answer in student.call_twice(CUBIC, *with_a_history()):
        answer.must_equal(hessian(CUBIC, *plain()))


@pytest.mark.check("edges", points=0.125)
def test_plain_arguments_are_left_alone(student):
    """Arguments that ask for no gradient are left as they were.

    不要求梯度的参数保持原样。
    """
    student.call(CUBIC, *plain()).must_equal(hessian(CUBIC, *plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_old_grads_are_left_alone(student):
    """Arguments that require grad and hold an old gradient are left as they were.

    要求梯度并带着旧梯度的参数保持原样。
    """
    student.call(CUBIC, *with_a_history()).must_equal(hessian(CUBIC, *plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_plain_result(student):
    """The result carries no graph and lies in memory of its own.

    结果不带计算图，占用自己的内存。
    """
    answer = student.call(CUBIC, *plain()).must_equal(hessian(CUBIC, *plain()))
    answer.must_carry_no_graph().must_own_its_storage()
