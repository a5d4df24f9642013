# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges sum_backward."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, probe, quarters, sum_of, tensors, vector_maps

SQUARED = Snippet("lambda x: x * x")
FILLED_COLUMN = Snippet(
    "def f(x):\n"
    "    y = torch.empty(3, 1)\n"
    "    y[0] = x[0] ** 2\n"
    "    y[1] = x[1] ** 3\n"
    "    y[2] = x[1] ** 4\n"
    "    return y"
)
TIMES_W = Snippet("lambda x: x @ torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).T")
MEAN = Snippet("lambda x: (3 * (x + 2) ** 2).mean()")
PAIRED = Snippet("lambda x: torch.stack([x[0] * x[1], x[1] ** 2 - x[2], x[0] * x[2] ** 2, 3 * x[1] * x[2]])")
PAIRED_AT = (1.5, -0.5, 2.0)


@oracle
def summed_rows(f, x):
    """Return the sum over all outputs of the rows of the full Jacobian, computed on a copy."""
    jacobian = torch.autograd.functional.jacobian(f, x.detach().clone())
    return jacobian.reshape(-1, *x.shape).sum(0)


def plain():
    """The point of PAIRED, which asks for no gradient."""
    return torch.tensor(PAIRED_AT, dtype=torch.float64)


def used():
    """The same point, which already requires grad and holds an old .grad."""
    x = plain().requires_grad_()
    x.grad = torch.tensor([7.0, -3.0, 0.25], dtype=torch.float64)
    return x


def points(shape, dtype=torch.float64):
    """Draw a point without zeros."""
    return tensors(shape, elements=quarters(), dtype=dtype)


def coefficients(rows, columns):
    """Draw a matrix, as nested lists, of quarters other than zero."""
    return tensors((rows, columns), elements=quarters(-2, 2)).map(torch.Tensor.tolist)


@st.composite
def vector_cases(draw, dtype=torch.float64):
    """Draw a map with more or fewer outputs than inputs, and a point."""
    inputs, outputs = draw(st.permutations(range(2, 6)))[:2]
    return draw(vector_maps(inputs, outputs)), draw(points((inputs,), dtype=dtype))


@st.composite
def matrix_cases(draw):
    """Draw a map from matrices to matrices of another height, y = L (x * x + k x) R, and a point."""
    rows, out_rows = draw(st.permutations(range(1, 4)))[:2]
    columns, out_columns = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    left, right = draw(coefficients(out_rows, rows)), draw(coefficients(columns, out_columns))
    slope = draw(st.sampled_from([-1.5, 0.5, 2.25]))
    inner = sum_of([(1, "x * x"), (slope, "x")])
    f = Snippet(f"lambda x: torch.tensor({left}, dtype=x.dtype) @ ({inner}) @ torch.tensor({right}, dtype=x.dtype)")
    return f, draw(points((rows, columns)))


@st.composite
def outer_cases(draw):
    """Draw a map from a vector to the table of all products of two of its transforms, and a point."""
    slope, shift = draw(st.sampled_from([-0.75, 0.5, 2.0])), draw(st.sampled_from(["- 1.25", "+ 0.25", "+ 1.5"]))
    size = draw(st.integers(2, 4))
    f = Snippet(f"lambda x: torch.outer(x * x {shift}, {slope} * x {shift})")
    return f, draw(points((size,)))


@pytest.mark.check("documented", points=0.25, covers=["d3-o1"])
def test_squares(student):
    """The squares of 0, 1, 2, 3, and of three other numbers.

    0、1、2、3 的平方，以及另外三个数的平方。
    """
    for x in (torch.arange(4.0), torch.tensor([-1.5, 0.25, 4.0])):
        student.call(SQUARED, x).must_equal(2 * x)


@pytest.mark.check("documented", points=0.125, covers=["d1-o6", "d1-o7"])
def test_outputs_filled_in_place(student):
    """A column of outputs that is filled entry by entry.

    逐个填入的一列输出。
    """
    for x in (torch.tensor([[-1.5], [2.7]]), torch.tensor([[2.0], [-0.5]])):
        by_hand = torch.stack([2 * x[0], 3 * x[1] ** 2 + 4 * x[1] ** 3])
        student.call(FILLED_COLUMN, x).must_equal(by_hand)


@pytest.mark.check("documented", points=0.25, covers=["d4-o9"])
def test_product_of_two_matrices(student):
    """A matrix product: six outputs of nine inputs, and two outputs of three inputs.

    矩阵乘积：九个输入、六个输出，以及三个输入、两个输出。
    """
    x = torch.arange(1.0, 10.0).view(3, 3)
    for rows in (x, x[:1]):
        student.call(TIMES_W, rows.clone()).must_equal(torch.tensor([[5.0, 7.0, 9.0]] * len(rows)))


@pytest.mark.check("documented", points=0.125, covers=["d4-o7"])
def test_output_that_is_a_mean_already(student):
    """A mean of shifted squares: an output that is a single number already.

    平移后平方的平均值：输出本来就是单个数。
    """
    student.call(MEAN, torch.ones(2, 2)).must_equal(torch.full((2, 2), 4.5))
    x = torch.tensor([[0.5, -3.0, 1.0]])
    student.call(MEAN, x).must_equal(2 * (x + 2))


@pytest.mark.check("probes", points=0.5)
@probe(vector_cases(), examples=12)
def test_more_or_fewer_outputs_than_inputs(student, case):
    """Random maps with more or fewer outputs than inputs.

    输出个数多于或少于输入个数的随机函数。
    """
    f, x = case
    student.call(f, x).must_equal(summed_rows(f, x))


@pytest.mark.check("probes", points=0.5)
@probe(matrix_cases(), examples=12)
def test_matrices_to_matrices(student, case):
    """Random maps from a matrix to a matrix of another shape.

    从矩阵到另一种形状的矩阵的随机函数。
    """
    f, x = case
    student.call(f, x).must_equal(summed_rows(f, x))


@pytest.mark.check("probes", points=0.25)
@probe(outer_cases(), examples=12)
def test_table_of_products(student, case):
    """Random tables of products: from a vector to a matrix.

    随机的乘积表：从向量到矩阵。
    """
    f, x = case
    student.call(f, x).must_equal(summed_rows(f, x))


@pytest.mark.check("probes", points=0.25)
@probe(vector_cases(dtype=torch.float32), examples=6)
def test_single_precision(student, case):
    """Random maps once more, in float32.

    再来一次随机函数，使用 float32。
    """
    f, x = case
    student.call(f, x).must_equal(summed_rows(f, x))


@pytest.mark.check("edges", points=0.125)
def test_one_output_in_a_vector(student):
    """A vector of one entry and a plain number are outputs like any other.

    只有一个分量的向量和单个数，与其他输出没有区别。
    """
    for f in (Snippet("lambda x: (x ** 3).sum().reshape(1)"), Snippet("lambda x: x[0] * x[1] - x[2] ** 2")):
        student.call(f, plain()).must_equal(summed_rows(f, plain()))


@pytest.mark.check("edges", points=0.125)
def test_old_grad_does_not_count(student):
    """An x that already requires grad and holds an old .grad gives the same answer as a fresh one.

    已经要求梯度、带着旧 .grad 的 x，与全新的 x 得到同样的答案。
    """
    student.call(PAIRED, used()).must_equal(summed_rows(PAIRED, plain()))


@pytest.mark.check("edges", points=0.125)
def test_the_same_call_twice(student):
    """The second call with the same arguments gives the same answer as the first.

    用同样的参数调用第二次，答案与第一次相同。
    """
    first, second = student.call_twice(PAIRED, plain())
    first.must_equal(summed_rows(PAIRED, plain()))
    second.must_equal(summed_rows(PAIRED, plain()))


@pytest.mark.check("edges", points=0.125)
def test_argument_stays_as_it_was(student):
    """Values, .grad and requires_grad of x are after the call what they were before.

    调用之后，x 的数值、.grad 和 requires_grad 与调用之前相同。
    """
    for x in (plain(), used()):
        student.call(PAIRED, x).must_equal(summed_rows(PAIRED, plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_carries_no_graph(student):
    """The result is a plain tensor that does not require grad, whether or not x does.

    无论 x 是否要求梯度，结果都是不要求梯度的普通张量。
    """
    for x in (plain(), used()):
        student.call(PAIRED, x).must_equal(summed_rows(PAIRED, plain())).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_result_owns_its_memory(student):
    """The result shares no memory with x or with the .grad of x.

    结果不与 x 或 x 的 .grad 共享内存。
    """
    for x in (plain(), used()):
        student.call(PAIRED, x).must_equal(summed_rows(PAIRED, plain())).must_own_its_storage()
