# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges safe_where_grad."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

IS_POSITIVE = Snippet("lambda x: x > 0")
IS_NOT_NEGATIVE = Snippet("lambda x: x >= 0")
IS_NOT_POSITIVE = Snippet("lambda x: x <= 0")
ROOT = Snippet("lambda x: torch.sqrt(x)")
LOGARITHM = Snippet("lambda x: torch.log(x)")
LINE = Snippet("lambda x: 3 * x")
SQUARE = Snippet("lambda x: x**2")
INFINITY = float("inf")

BAD = {
    "root": ("torch.sqrt(x)", lambda x: 0.5 / x.sqrt()),
    "logarithm": ("torch.log(x)", lambda x: 1 / x),
    "reciprocal": ("1 / x**2", lambda x: -2 / x**3),
    "power": ("x**1.5 + torch.log(x)", lambda x: 1.5 * x.sqrt() + 1 / x),
}
POINTS = (-1.0, 4.0, 0.0, 2.25, -3.0, 0.25, 9.0, -0.5, 1.0)
LARGE = (1000.0, -1.0, 2.0, 800.0, 0.5, 3.0, 2000.0, -2.5)

numbers = quarters(-3, 3)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


@oracle
def slopes(name, a, b, x):
    """The oracle: the closed form of the branch that is taken, entry by entry."""
    bad, taken = (torch.exp, x <= 5) if name == "exponential" else (BAD[name][1], x > 0)
    return torch.stack(
        [bad(each) if each_taken else a + 2 * b * each for each, each_taken in zip(x, taken, strict=True)]
    )


@st.composite
def cases(draw):
    """A branch that is bad outside its domain, a polynomial elsewhere, and points on both sides and at the edge."""
    name = draw(st.sampled_from(tuple(BAD)))
    a, b = draw(pick((2, 3, 4, -1, -2), 0)), draw(pick((1, 2, -1, 3, 0.5), 0))
    return name, a, b, draw(tensors((draw(pick((3, 4, 5, 6), 0)),), elements=POINTS))


@st.composite
def overflows(draw):
    """An exponential where it overflows, and a polynomial."""
    a, b = draw(pick((2, 3, 4, -1, -2), 0)), draw(pick((1, 2, -1, 3, 0.5), 0))
    return "exponential", a, b, draw(tensors((draw(pick((2, 3, 4, 5), 0)),), elements=LARGE))


def ask(student, case, *, turned):
    """Compare one gradient; `turned` puts the bad branch in the place of g."""
    name, a, b, x = case
    bad, edge = ("torch.exp(x)", "x {} 5") if name == "exponential" else (BAD[name][0], "x {} 0")
    signs = ("<=", ">") if name == "exponential" else (">", "<=")
    branches = [Snippet(f"lambda x: {bad}"), Snippet(f"lambda x: {a} * x + {b} * x**2")]
    cond = Snippet(f"lambda x: {edge.format(signs[turned])}")
    student.call(cond, *(reversed(branches) if turned else branches), x, 1.0).must_equal(slopes(*case))


def plain():
    """Points on both sides of the edge and on it, which ask for no gradient."""
    return double([4.0, 0.0, -1.0, 0.25])


def used():
    """The same points with requires_grad and an old .grad."""
    x = plain().requires_grad_()
    x.grad = double([10.0, -20.0, 30.0, 7.5])
    return x


@pytest.mark.check("documented", points=0.75)
def test_worked_example(student):
    """The example of the README, a root beside a line, and a logarithm beside a square.

    README 中的例子：平方根与直线；以及对数与平方。
    """
    x = torch.tensor([4.0, 0.0, -1.0])
    student.call(IS_POSITIVE, ROOT, LINE, x, 1.0).must_equal(torch.tensor([0.25, 3.0, 3.0]))
    student.call(IS_POSITIVE, LOGARITHM, SQUARE, x, 1.0).must_equal(torch.tensor([0.25, 0.0, -2.0]))


@pytest.mark.check("probes", points=0.5)
@probe(cases(), examples=12)
def test_bad_branch_first(student, case):
    """Roots, logarithms and reciprocals as f, a polynomial as g; points on both sides of 0 and at 0.

    f 是平方根、对数或倒数，g 是多项式；点在 0 的两侧和 0 处。
    """
    ask(student, case, turned=False)


@pytest.mark.check("probes", points=0.5)
@probe(cases(), examples=12)
def test_bad_branch_second(student, case):
    """A polynomial as f, and roots, logarithms and reciprocals as g.

    f 是多项式，g 是平方根、对数或倒数。
    """
    ask(student, case, turned=True)


@pytest.mark.check("probes", points=0.5)
@probe(overflows(), examples=10)
def test_overflows(student, case):
    """An exponential that overflows where the polynomial is picked.

    在选中多项式的地方，指数函数会溢出。
    """
    ask(student, case, turned=False)


@pytest.mark.check("edges", points=0.125)
def test_all_of_one_branch(student):
    """All entries in one branch, then all in the other, and single numbers.

    所有元素都选一个分支，然后都选另一个；以及单个数。
    """
    student.call(IS_POSITIVE, ROOT, LINE, double([4.0, 0.25]), 1.0).must_equal(double([0.25, 1.0]))
    student.call(IS_POSITIVE, ROOT, SQUARE, double([-4.0, 0.0]), 1.0).must_equal(double([-8.0, 0.0]))
    student.call(IS_POSITIVE, ROOT, SQUARE, double(-1.5), 1.0).must_equal(double(-3.0))
    student.call(IS_NOT_POSITIVE, SQUARE, ROOT, double([[16.0, -3.0]]), 4.0).must_equal(double([[0.125, -6.0]]))


@pytest.mark.check("edges", points=0.125)
def test_infinite_slope_of_a_branch_that_is_taken(student):
    """Where the root is picked at 0 its slope is infinite; where it is not, the line's slope is 3.

    在 0 处选中平方根时，斜率是无穷大；不选时，直线的斜率是 3。
    """
    x = double([0.0, -1.0, 4.0])
    student.call(IS_NOT_NEGATIVE, ROOT, LINE, x, 1.0).must_equal(double([INFINITY, 3.0, 0.25]))
    student.call(IS_POSITIVE, ROOT, LINE, x, 1.0).must_equal(double([3.0, 3.0, 0.25]))


@pytest.mark.check("edges", points=0.25)
def test_old_grad_does_not_count(student):
    """An x that requires grad and holds an old .grad has the same gradient, in a second call too.

    要求梯度、带着旧 .grad 的 x 得到同样的梯度，再调用一次也一样。
    """
    for answer in student.call_twice(IS_POSITIVE, ROOT, SQUARE, used(), 1.0):
        answer.must_equal(double([0.25, 0.0, -2.0, 1.0]))


@pytest.mark.check("edges", points=0.25)
def test_x_and_result(student):
    """The argument x is left as it was, and the result carries no graph and has memory of its own.

    x 保持原样，结果不带计算图，占用自己的内存。
    """
    for x in (plain(), used()):
        answer = student.call(IS_POSITIVE, LOGARITHM, LINE, x, 2.0).must_equal(double([0.25, 3.0, 3.0, 4.0]))
        answer.must_leave_arguments().must_carry_no_graph().must_own_its_storage()
