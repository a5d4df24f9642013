# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges accumulate_then_zero."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, sum_of, tensors

SQUARE = Snippet("lambda x: x**2")
CUBE = Snippet("lambda x: x**3")
BOWL = Snippet("lambda x: (1.5 * x**2).sum() + x[0] * x[1]")
WAVE = Snippet("lambda x: (x**3 - 0.25 * x**2).sum() - 2.0 * x[1]")


@oracle
def readings(f, g, x):
    """The gradients of f, of f + g and of g at x, from torch's own Jacobian."""
    at = x.detach()
    of_f, of_g = (jacobian(function, at).reshape(at.shape) for function in (f, g))
    return of_f, of_f + of_g, of_g


def with_old_grad():
    """A point that already requires a gradient and already has one."""
    x = torch.tensor([0.5, -2.0, 1.25], dtype=torch.float64, requires_grad=True)
    x.grad = torch.tensor([100.0, -10.0, 7.5], dtype=torch.float64)
    return x


def plain():
    """A point that asks for no gradient."""
    return torch.tensor([0.5, -2.0, 1.25], dtype=torch.float64)


coefficients = quarters()


def points(shape):
    """A point without zeros."""
    return tensors(shape, elements=coefficients)


def function(power, terms, numbers):
    """A function of a vector or a matrix to a number, of some of three terms; each entry has another gradient."""
    first, linear, product = numbers
    entrywise = [(first, f"x**{power}"), (linear, "x")][: 2 if "linear" in terms else 1]
    sums = [(1, f"({sum_of(entrywise)}).sum()")]
    if "product" in terms:
        sums.append((product, "x.flatten()[0] * x.flatten()[-1]"))
    return Snippet(f"lambda x: {sum_of(sums)}")


SOME_TERMS = ((), ("linear",), ("product",), *(("linear", "product"),) * 9)


def parts_of_a_function(start=0):
    """Draw what makes such a function; the simplest ones of different starts are different."""
    numbers = st.tuples(*(pick(coefficients, start + place) for place in range(3)))
    return st.tuples(pick((2, 3), start), st.sampled_from(SOME_TERMS), numbers)


def functions(start=0):
    """Draw such a function."""
    return parts_of_a_function(start).map(lambda parts: function(*parts))


@st.composite
def pairs_on_vectors(draw):
    """Two functions and a vector."""
    return draw(functions()), draw(functions(1)), draw(points((draw(st.integers(1, 4)),)))


@st.composite
def pairs_on_matrices(draw):
    """Two functions and a matrix."""
    shape = draw(st.integers(1, 3)), draw(st.integers(2, 3))
    return draw(functions()), draw(functions(1)), draw(points(shape))


@st.composite
def one_on_vectors(draw):
    """One function and a vector."""
    return draw(functions()), draw(points((draw(st.integers(1, 3)),)))


@st.composite
def opposites_on_vectors(draw):
    """A function, its negative, and a vector."""
    power, terms, numbers = draw(parts_of_a_function())
    negative = [-number for number in numbers]
    return function(power, terms, numbers), function(power, terms, negative), draw(points((draw(st.integers(1, 3)),)))


@pytest.mark.check("documented", points=0.5, covers=["d1-o2", "d1-o3", "d1-o5"])
def test_square_then_cube(student):
    """The square first, then the cube, of a single number: 1, and then another.

    单个数，先平方，后立方：先取 1，再取另一个数。
    """
    expected = torch.tensor([2.0]), torch.tensor([5.0]), torch.tensor([3.0])
    student.call(SQUARE, CUBE, torch.ones(1)).must_equal(expected)
    student.call(SQUARE, CUBE, torch.tensor([2.0])).must_equal(
        (torch.tensor([4.0]), torch.tensor([16.0]), torch.tensor([12.0]))
    )


@pytest.mark.check("documented", points=0.5, covers=["d1-o2", "d1-o4"])
def test_cube_then_square(student):
    """The cube first, then the square, of a single number: 1, and then another.

    单个数，先立方，后平方：先取 1，再取另一个数。
    """
    expected = torch.tensor([3.0]), torch.tensor([5.0]), torch.tensor([2.0])
    student.call(CUBE, SQUARE, torch.ones(1)).must_equal(expected)
    student.call(CUBE, SQUARE, torch.tensor([-2.0])).must_equal(
        (torch.tensor([12.0]), torch.tensor([8.0]), torch.tensor([-4.0]))
    )


@pytest.mark.check("probes", points=0.75)
@probe(pairs_on_vectors(), examples=16)
def test_vectors(student, case):
    """Two different functions of a vector.

    同一个向量的两个不同函数。
    """
    student.call(*case).must_equal(readings(*case))


@pytest.mark.check("probes", points=0.5)
@probe(pairs_on_matrices(), examples=10)
def test_matrices(student, case):
    """Two different functions of a matrix.

    同一个矩阵的两个不同函数。
    """
    student.call(*case).must_equal(readings(*case))


@pytest.mark.check("probes", points=0.5)
@probe(one_on_vectors(), examples=8)
def test_same_function_twice(student, case):
    """The same function in both places.

    两个位置用同一个函数。
    """
    f, x = case
    student.call(f, f, x).must_equal(readings(f, f, x))


@pytest.mark.check("probes", points=0.25)
@probe(opposites_on_vectors(), examples=8)
def test_opposite_functions(student, case):
    """A function and its negative, whose gradients cancel.

    一个函数和它的相反数，二者的梯度互相抵消。
    """
    student.call(*case).must_equal(readings(*case))


@pytest.mark.check("edges", points=0.125)
def test_outputs_of_one_element(student):
    """A 0-d point, and outputs of shape (1, 1): one element needs no weight.

    零维的点，以及形状为 (1, 1) 的输出：只有一个元素时不需要权重。
    """
    x = torch.tensor(-1.5, dtype=torch.float64)
    f, g = Snippet("lambda x: (x**2).reshape(1, 1)"), Snippet("lambda x: 0.5 * x**3 + x")
    student.call(f, g, x).must_equal(readings(f, g, x))


@pytest.mark.check("edges", points=0.125)
def test_single_precision(student):
    """A point in float32.

    float32 的点。
    """
    x = torch.tensor([0.3, -1.7, 2.1])
    student.call(BOWL, WAVE, x).must_equal(readings(BOWL, WAVE, x))


@pytest.mark.check("edges", points=0.125)
def test_old_grad_does_not_count(student):
    """A point that already requires grad and holds an old .grad gives the same readings as a fresh one.

    已经要求梯度、带着旧 .grad 的点，与全新的点得到同样的结果。
    """
    x = with_old_grad()
    student.call(BOWL, WAVE, x).must_equal(readings(BOWL, WAVE, x))


@pytest.mark.check("edges", points=0.125)
def test_second_call_agrees(student):
    """Two calls with the same arguments give the same answer.

    用相同的参数调用两次，结果相同。
    """
    x = plain()
    _, second = student.call_twice(BOWL, WAVE, x)
    second.must_equal(readings(BOWL, WAVE, x))


@pytest.mark.check("edges", points=0.125)
def test_plain_argument_is_left_alone(student):
    """A point that asked for no gradient is left as it was.

    不要求梯度的点保持原样。
    """
    student.call(BOWL, WAVE, plain()).must_equal(readings(BOWL, WAVE, plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_old_grad_is_left_alone(student):
    """A point with a .grad of its own is left as it was.

    自带 .grad 的点保持原样。
    """
    student.call(BOWL, WAVE, with_old_grad()).must_equal(readings(BOWL, WAVE, plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_readings_carry_no_graph(student):
    """The three readings are plain numbers, no part of a graph, whether or not x requires grad.

    无论 x 是否要求梯度，三个结果都只是数值，不带计算图。
    """
    for x in (plain(), with_old_grad()):
        student.call(BOWL, WAVE, x).must_equal(readings(BOWL, WAVE, plain())).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_readings_own_their_memory(student):
    """The three readings share memory neither with each other nor with x or the .grad of x.

    三个结果彼此不共享内存，也不与 x 或 x 的 .grad 共享内存。
    """
    for x in (plain(), with_old_grad()):
        student.call(BOWL, WAVE, x).must_equal(readings(BOWL, WAVE, plain())).must_own_its_storage()
