# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges sum_backward."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, probe, tensors, vector_maps

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


def point(*, requires_grad=False, old_grad=None):
    """Return the point of PAIRED as a leaf in the wanted state."""
    x = torch.tensor(PAIRED_AT, requires_grad=requires_grad, dtype=torch.float64)
    x.grad = old_grad
    return x


def coefficients(rows, columns):
    """Draw a matrix, as nested lists, of quarters other than zero."""
    entry = st.integers(-8, 8).filter(bool).map(lambda quarters: quarters / 4)
    row = st.lists(entry, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


@st.composite
def vector_cases(draw, dtype=torch.float64):
    """Draw a map with more or fewer outputs than inputs, and a point."""
    inputs, outputs = draw(st.permutations(range(2, 6)))[:2]
    return draw(vector_maps(inputs, outputs)), draw(tensors((inputs,), dtype=dtype))


@st.composite
def matrix_cases(draw):
    """Draw a map from matrices to matrices of another height, y = L (x * x + k x) R, and a point."""
    rows, out_rows = draw(st.permutations(range(1, 4)))[:2]
    columns, out_columns = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    left, right = draw(coefficients(out_rows, rows)), draw(coefficients(columns, out_columns))
    slope = draw(st.sampled_from([-1.5, 0.5, 2.25]))
    f = Snippet(
        f"lambda x: torch.tensor({left}, dtype=x.dtype) @ (x * x + {slope} * x) @ torch.tensor({right}, dtype=x.dtype)"
    )
    return f, draw(tensors((rows, columns)))


@st.composite
def outer_cases(draw):
    """Draw a map from a vector to the table of all products of two of its transforms, and a point."""
    slope, shift = draw(st.sampled_from([-0.75, 0.5, 2.0])), draw(st.sampled_from([-1.25, 0.25, 1.5]))
    size = draw(st.integers(2, 4))
    f = Snippet(f"lambda x: torch.outer(x * x + {shift}, {slope} * x + {shift})")
    return f, draw(tensors((size,)))


@pytest.mark.check("documented", points=0.25, covers=["d3-o1"])
def test_squares_of_zero_to_three(student):
    """The squares of 0, 1, 2, 3, the example that document 003 refers to.

    0、1、2、3 的平方：文档 003 所指的例子。
    """
    x = torch.arange(4.0)
    student.call(SQUARED, x).must_equal(torch.tensor([0.0, 2.0, 4.0, 6.0]))


@pytest.mark.check("documented", points=0.125, covers=["d1-o6", "d1-o7"])
def test_outputs_filled_in_place(student):
    """The column of document 001 that is filled entry by entry, every entry counting the same.

    文档 001 中逐个填入的列向量，每个分量同等重要。
    """
    x = torch.tensor([[-1.5], [2.7]])
    by_hand = torch.stack([2 * x[0], 3 * x[1] ** 2 + 4 * x[1] ** 3])
    student.call(FILLED_COLUMN, x).must_equal(torch.tensor([[-3.0], [100.602]])).must_equal(by_hand)


@pytest.mark.check("documented", points=0.25, covers=["d4-o9"])
def test_product_of_two_matrices(student):
    """The matrix product of document 004, nine inputs and six outputs.

    文档 004 中的矩阵乘积：九个输入，六个输出。
    """
    x = torch.arange(1.0, 10.0).view(3, 3)
    student.call(TIMES_W, x).must_equal(torch.tensor([[5.0, 7.0, 9.0]] * 3))


@pytest.mark.check("documented", points=0.125, covers=["d4-o7"])
def test_output_that_is_a_mean_already(student):
    """The mean of document 004, an output that is a single number already.

    文档 004 中的平均值：输出本来就是单个数。
    """
    student.call(MEAN, torch.ones(2, 2)).must_equal(torch.full((2, 2), 4.5))


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
        student.call(f, point()).must_equal(summed_rows(f, point()))


@pytest.mark.check("edges", points=0.125)
def test_argument_with_a_history(student):
    """An x that already requires grad and holds an old .grad gives the same answer as a fresh one.

    已经要求梯度、带着旧 .grad 的 x，与全新的 x 得到同样的答案。
    """
    used = point(requires_grad=True, old_grad=torch.tensor([7.0, -3.0, 0.25], dtype=torch.float64))
    student.call(PAIRED, used).must_equal(summed_rows(PAIRED, point()))


@pytest.mark.check("edges", points=0.125)
def test_the_same_call_twice(student):
    """The second call with the same arguments gives the same answer as the first.

    用同样的参数调用第二次，答案与第一次相同。
    """
    expected = summed_rows(PAIRED, point())
    first, second = student.call_twice(PAIRED, point())
    first.must_equal(expected)
    second.must_equal(expected)


@pytest.mark.check("edges", points=0.125)
def test_argument_stays_as_it_was(student):
    """Values, .grad and requires_grad of x are after the call what they were before.

    调用之后，x 的数值、.grad 和 requires_grad 与调用之前相同。
    """
    old = torch.tensor([7.0, -3.0, 0.25], dtype=torch.float64)
    expected = summed_rows(PAIRED, point())
    for x in (point(old_grad=old.clone()), point(requires_grad=True, old_grad=old.clone())):
        student.call(PAIRED, x).must_equal(expected).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_carries_no_graph(student):
    """The result is a plain tensor that does not require grad.

    结果是不要求梯度的普通张量。
    """
    student.call(PAIRED, point()).must_equal(summed_rows(PAIRED, point())).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_result_owns_its_memory(student):
    """The result shares no memory with x or with the .grad of x.

    结果不与 x 或 x 的 .grad 共享内存。
    """
    student.call(PAIRED, point()).must_equal(summed_rows(PAIRED, point())).must_own_its_storage()
