# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges numerical_grad."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, nonzero, oracle, probe, sum_of, tensors

SQUARES = Snippet("lambda x: (x * x).sum()")
MEAN = Snippet("lambda x: (3 * (x + 2) ** 2).mean()")
BOWL = Snippet("lambda x: x[0] ** 3 * x[1] - 2 * x[1] ** 2 + x[2] ** 3")
BOWL_AT = (2.0, -1.5, 0.5)
UNTRACKED = Snippet("lambda x: x.detach()[0] ** 3 - x.detach()[1] ** 2")


def bowl_quotient(eps):
    """The central quotient of BOWL at BOWL_AT, worked out by hand."""
    a, b, c = BOWL_AT
    return torch.tensor([(3 * a**2 + eps**2) * b, a**3 - 4 * b, 3 * c**2 + eps**2], dtype=torch.float64)


def point(*, dtype=torch.float64, requires_grad=False):
    """The point of BOWL; one that requires grad holds an old .grad."""
    x = torch.tensor(BOWL_AT, dtype=dtype, requires_grad=requires_grad)
    x.grad = torch.tensor([7.0, -3.0, 0.25], dtype=dtype) if requires_grad else None
    return x


@oracle
def quotient(a, b, c, x, eps):
    """The central quotient of a x^3 + b x, summed, + c times the product of the first and the last entry."""
    at, last = x.double(), x.numel() - 1
    product = torch.zeros_like(at).flatten()
    if last > 0:
        product[0], product[last] = c * at.flatten()[last], c * at.flatten()[0]
    return a * (3 * at**2 + eps**2) + b + product.reshape(at.shape)


def cubic(a, b, c):
    """The function whose quotient that is."""
    if a.dim() == 0:
        return Snippet(f"lambda x: {sum_of([(a.item(), 'x**3'), (b.item(), 'x')])}")
    source = f"torch.tensor({a.tolist()}) * x**3 + torch.tensor({b.tolist()}) * x"
    return Snippet(f"lambda x: {sum_of([(1, f'({source}).sum()'), (c, 'x.flatten()[0] * x.flatten()[-1]')])}")


@st.composite
def cubics(draw, shapes, steps, dtype=torch.float64):
    """Coefficients, a point and a step."""
    shape = draw(st.sampled_from(shapes))
    a, b = (draw(tensors(shape, start=place)) for place in range(2))
    x = draw(tensors(shape, dtype=dtype, start=2))
    return a, b, draw(nonzero()), x, draw(st.sampled_from(steps))


def ask(student, case):
    """Compare the quotient of a cubic."""
    a, b, c, x, eps = case
    student.call(cubic(a, b, c), x, eps).must_equal(quotient(a, b, c, x, eps))


def watched(code, f, x, eps):
    """Compute a quotient of f and note what f is given."""
    given = []

    def f_watched(at):
        given.append((str(at.dtype), tuple(at.shape)))
        return f(at)

    gradient = code["numerical_grad"](f_watched, x, eps)
    enough = len(given) <= 2 * x.numel()
    return {"gradient": gradient, "given to f": sorted(set(given)), "at most 2 n calls of f": enough}


@pytest.mark.check("documented", points=0.375, covers=["d4-o7"])
def test_mean_of_shifted_squares(student):
    """The mean of 3 (x + 2)^2, at ones and at other points, without autograd.

    3 (x + 2)^2 的平均值，分别在全 1 处和别的点处，不用自动求导。
    """
    student.call(MEAN, torch.ones(2, 2)).must_equal(torch.full((2, 2), 4.5, dtype=torch.float64))
    x = torch.tensor([[1.0, -2.5], [0.5, 4.0]])
    student.call(MEAN, x).must_equal(1.5 * (x.double() + 2))


@pytest.mark.check("documented", points=0.375, covers=["d3-o1"])
def test_sum_of_squares(student):
    """The sum of squares, at 0, 1, 2, 3 and at other points, without autograd.

    平方和，分别在 0、1、2、3 处和别的点处，不用自动求导。
    """
    for x in (torch.arange(4.0), torch.tensor([[-1.5, 2.0, 0.25]])):
        student.call(SQUARES, x).must_equal(2 * x.double())


@pytest.mark.check("probes", points=0.75)
@probe(cubics([(3,), (2, 3)], [0.5, 0.25]), examples=12)
def test_large_steps(student, case):
    """Random cubics of a vector or a matrix with large steps, where quotient and derivative differ.

    向量或矩阵的随机三次函数，步长较大，差商与导数不同。
    """
    ask(student, case)


@pytest.mark.check("probes", points=0.5)
@probe(cubics([(2,), (3,), (2, 2)], [0.001, 0.0005], dtype=torch.float32), examples=8)
def test_small_steps_from_single_precision(student, case):
    """Random cubics with small steps, where x is float32 and the quotient is wanted in float64.

    步长较小的随机三次函数：x 是 float32，而差商要用 float64 计算。
    """
    ask(student, case)


@pytest.mark.check("probes", points=0.25)
@probe(cubics([()], [0.5, 0.25]), examples=6)
def test_single_numbers(student, case):
    """Random cubics of a single number.

    单个数的随机三次函数。
    """
    ask(student, case)


@pytest.mark.check("edges", points=0.125)
def test_large_entries(student):
    """Entries of size 1000: the step is eps all the same.

    大小为 1000 的元素：步长仍然是 eps。
    """
    x = torch.tensor([1000.0, -1250.0], dtype=torch.float64)
    f = Snippet("lambda x: 0.5 * x[0] ** 3 + x[0] * x[1]")
    expected = torch.tensor([0.5 * (3 * 1000.0**2 + 0.25) - 1250.0, 1000.0], dtype=torch.float64)
    student.call(f, x, 0.5).must_equal(expected)


@pytest.mark.check("edges", points=0.125)
def test_function_without_a_graph(student):
    """A function that autograd cannot follow, since it detaches its argument.

    自动求导跟踪不了的函数：它对自变量做了 detach。
    """
    x = torch.tensor([1.5, -2.0], dtype=torch.float64)
    student.call(UNTRACKED, x, 0.5).must_equal(torch.tensor([3 * 1.5**2 + 0.25, 4.0], dtype=torch.float64))


@pytest.mark.check("edges", points=0.125)
def test_what_f_is_given(student):
    """The function f is given float64 tensors in the shape of x, at most 2 n times for n entries.

    传给 f 的是形状与 x 相同的 float64 张量；n 个元素最多调用 2n 次。
    """
    seen = {"gradient": bowl_quotient(0.5), "given to f": [("torch.float64", (3,))], "at most 2 n calls of f": True}
    student.observe(watched, BOWL, point(dtype=torch.float32), 0.5).must_equal(seen)


@pytest.mark.check("edges", points=0.125)
def test_x_is_no_scratch_paper(student):
    """A float64 x keeps its values, its .grad and its flag, and the result has memory of its own.

    float64 的 x 的数值、.grad 和标志都不变，结果有自己的内存。
    """
    for x in (point(), point(requires_grad=True)):
        answer = student.call(BOWL, x, 0.25).must_equal(bowl_quotient(0.25))
        answer.must_leave_arguments().must_own_its_storage()


@pytest.mark.check("edges", points=0.125)
def test_result_carries_no_graph(student):
    """The quotients are plain numbers, even if x requires grad.

    即使 x 要求梯度，差商也只是普通的数。
    """
    student.call(BOWL, point(requires_grad=True), 0.5).must_equal(bowl_quotient(0.5)).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_the_same_call_twice(student):
    """The second call with the same arguments gives the same answer as the first.

    用同样的参数调用第二次，答案与第一次相同。
    """
    first, second = student.call_twice(BOWL, point(), 0.5)
    first.must_equal(bowl_quotient(0.5))
    second.must_equal(bowl_quotient(0.5))
