# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges weighted_grad."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, probe, tensors, vector_maps

DOUBLED = Snippet("lambda x: 2 * x")
DOUBLED_MATRIX = Snippet("lambda x: (2 * x).view(2, 2)")
QUADRATIC = Snippet("lambda x: 4 * (x + 2) ** 2")
FILLED_COLUMN = Snippet(
    "def f(x):\n"
    "    y = torch.empty(3, 1)\n"
    "    y[0] = x[0] ** 2\n"
    "    y[1] = x[1] ** 3\n"
    "    y[2] = x[1] ** 4\n"
    "    return y"
)
CHAIN = Snippet("lambda x: 2 * (2 * x)")
PAIRED = Snippet("lambda x: torch.stack([x[0] * x[1], x[1] ** 2 - x[2], x[0] * x[2] ** 2])")
PAIRED_AT = (1.5, -0.5, 2.0)
WEIGHTS = (0.5, -1.0, 3.0)


@oracle
def pulled_back(f, x, v):
    """Return v^T J by torch's own vector-Jacobian product, on copies."""
    return torch.autograd.functional.vjp(f, x.detach().clone(), v)[1]


def point(*, requires_grad=False, old_grad=None):
    """Return the point of PAIRED as a leaf in the wanted state."""
    x = torch.tensor(PAIRED_AT, requires_grad=requires_grad, dtype=torch.float64)
    x.grad = old_grad
    return x


def weights(shape, dtype=torch.float64):
    """Draw weights that are not all alike and do not cancel, so that averaging or normalising them shows."""
    drawn = tensors(shape, dtype=dtype)
    return drawn.filter(lambda v: v.sum() != 0 and v.min() != v.max())


def coefficients(rows, columns):
    """Draw a matrix, as nested lists, of quarters other than zero."""
    entry = st.integers(-8, 8).filter(bool).map(lambda quarters: quarters / 4)
    row = st.lists(entry, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


@st.composite
def square_cases(draw):
    """Draw a map with as many outputs as inputs, a point and weights."""
    size = draw(st.integers(2, 4))
    return draw(vector_maps(size, size)), draw(tensors((size,))), draw(weights((size,)))


@st.composite
def oblong_cases(draw, dtype=torch.float64):
    """Draw a map with more or fewer outputs than inputs, a point and weights."""
    inputs, outputs = draw(st.permutations(range(2, 6)))[:2]
    f = draw(vector_maps(inputs, outputs))
    return f, draw(tensors((inputs,), dtype=dtype)), draw(weights((outputs,), dtype=dtype))


@st.composite
def matrix_cases(draw):
    """Draw a map from matrices to matrices, y = L (x * x + k x) R, a point and weights."""
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    out_rows, out_columns = draw(st.integers(2, 3)), draw(st.integers(1, 3))
    left, right = draw(coefficients(out_rows, rows)), draw(coefficients(columns, out_columns))
    slope = draw(st.sampled_from([-1.5, 0.5, 2.25]))
    f = Snippet(
        f"lambda x: torch.tensor({left}, dtype=x.dtype) @ (x * x + {slope} * x) @ torch.tensor({right}, dtype=x.dtype)"
    )
    return f, draw(tensors((rows, columns))), draw(weights((out_rows, out_columns)))


@pytest.mark.check("documented", points=0.375, covers=["d0-o2", "d0-o4"])
def test_both_shapes_of_the_same_outputs(student):
    """The weights of document 000, for outputs in a row and for the same outputs as a 2 x 2 matrix.

    文档 000 的权重：输出排成一行，以及同样的输出排成 2 x 2 矩阵。
    """
    x = torch.tensor([1.0, 2.0, 3.0, 4.0])
    v = torch.tensor([1.0, 0.1, 0.01, 0.001])
    expected = torch.tensor([2.0, 0.2, 0.02, 0.002])
    student.call(DOUBLED, x, v).must_equal(expected)
    student.call(DOUBLED_MATRIX, x, v.view(2, 2)).must_equal(expected)


@pytest.mark.check("documented", points=0.25, covers=["d0-o5", "d0-o6"])
def test_whole_number_weights(student):
    """The whole-number weights of document 000: ones, then tens on a fresh start.

    文档 000 的整数权重：先全为 1，再重新开始、全为 10。
    """
    x = torch.tensor([1.0, 2.0, 3.0])
    student.call(QUADRATIC, x, torch.tensor([1, 1, 1])).must_equal(torch.tensor([24.0, 32.0, 40.0]))
    student.call(QUADRATIC, x, torch.tensor([10, 10, 10])).must_equal(torch.tensor([240.0, 320.0, 400.0]))


@pytest.mark.check("documented", points=0.25, covers=["d1-o6", "d1-o7", "d1-o8", "d1-o9"])
def test_outputs_filled_in_place(student):
    """The column of document 001 that is filled entry by entry, with equal and with unequal weights.

    文档 001 中逐个填入的列向量，先用相等的权重，再用不等的权重。
    """
    x = torch.tensor([[-1.5], [2.7]])
    first, second, third = 2 * x[0], 3 * x[1] ** 2, 4 * x[1] ** 3
    equal, unequal = torch.ones(3, 1), torch.tensor([[0.5], [-2.0], [1.5]])
    by_hand = torch.stack([first, second + third])
    student.call(FILLED_COLUMN, x, equal).must_equal(torch.tensor([[-3.0], [100.602]])).must_equal(by_hand)
    by_hand = torch.stack([0.5 * first, -2 * second + 1.5 * third])
    student.call(FILLED_COLUMN, x, unequal).must_equal(torch.tensor([[-1.5], [74.358]])).must_equal(by_hand)


@pytest.mark.check("documented", points=0.125, covers=["d4-o10"])
def test_weights_through_a_chain(student):
    """The two scalings in a row of document 004, with weights of very different size.

    文档 004 中接连的两次缩放，权重大小相差悬殊。
    """
    v = torch.tensor([0.1, 1.0, 0.0001])
    student.call(CHAIN, torch.ones(3), v).must_equal(torch.tensor([0.4, 4.0, 0.0004]))


@pytest.mark.check("probes", points=0.5)
@probe(square_cases(), examples=12)
def test_as_many_outputs_as_inputs(student, case):
    """Random maps with as many outputs as inputs.

    输出与输入个数相同的随机函数。
    """
    f, x, v = case
    student.call(f, x, v).must_equal(pulled_back(f, x, v))


@pytest.mark.check("probes", points=0.75)
@probe(oblong_cases(), examples=12)
def test_more_or_fewer_outputs_than_inputs(student, case):
    """Random maps with more or fewer outputs than inputs.

    输出个数多于或少于输入个数的随机函数。
    """
    f, x, v = case
    student.call(f, x, v).must_equal(pulled_back(f, x, v))


@pytest.mark.check("probes", points=0.5)
@probe(matrix_cases(), examples=12)
def test_matrices_to_matrices(student, case):
    """Random maps from a matrix to a matrix, with a matrix of weights.

    从矩阵到矩阵的随机函数，权重也是矩阵。
    """
    f, x, v = case
    student.call(f, x, v).must_equal(pulled_back(f, x, v))


@pytest.mark.check("probes", points=0.25)
@probe(oblong_cases(dtype=torch.float32), examples=6)
def test_single_precision(student, case):
    """Random maps once more, in float32.

    再来一次随机函数，使用 float32。
    """
    f, x, v = case
    student.call(f, x, v).must_equal(pulled_back(f, x, v))


@pytest.mark.check("edges", points=0.125)
def test_argument_with_a_history(student):
    """An x that already requires grad and holds an old .grad gives the same answer as a fresh one.

    已经要求梯度、带着旧 .grad 的 x，与全新的 x 得到同样的答案。
    """
    v = torch.tensor(WEIGHTS, dtype=torch.float64)
    expected = pulled_back(PAIRED, point(), v)
    used = point(requires_grad=True, old_grad=torch.tensor([7.0, -3.0, 0.25], dtype=torch.float64))
    student.call(PAIRED, used, v).must_equal(expected)


@pytest.mark.check("edges", points=0.125)
def test_the_same_call_twice(student):
    """The second call with the same arguments gives the same answer as the first.

    用同样的参数调用第二次，答案与第一次相同。
    """
    x, v = point(), torch.tensor(WEIGHTS, dtype=torch.float64)
    expected = pulled_back(PAIRED, x, v)
    first, second = student.call_twice(PAIRED, x, v)
    first.must_equal(expected)
    second.must_equal(expected)


@pytest.mark.check("edges", points=0.25)
def test_one_output_with_one_weight(student):
    """An output that is a single number takes a single number as its weight, and it need not be 1.

    输出是单个数时，权重也是单个数，而且不必是 1。
    """
    total = Snippet("lambda x: (x ** 2).sum() + x[0] * x[2]")
    x, v = point(), torch.tensor(-2.5, dtype=torch.float64)
    student.call(total, x, v).must_equal(pulled_back(total, x, v))


@pytest.mark.check("edges", points=0.25)
def test_arguments_stay_as_they_were(student):
    """Values, .grad and requires_grad of the arguments are after the call what they were before.

    调用之后，参数的数值、.grad 和 requires_grad 与调用之前相同。
    """
    v = torch.tensor(WEIGHTS, dtype=torch.float64)
    old = torch.tensor([7.0, -3.0, 0.25], dtype=torch.float64)
    expected = pulled_back(PAIRED, point(), v)
    for x in (point(old_grad=old.clone()), point(requires_grad=True, old_grad=old.clone())):
        student.call(PAIRED, x, v).must_equal(expected).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_carries_no_graph(student):
    """The result is a plain tensor that does not require grad.

    结果是不要求梯度的普通张量。
    """
    v = torch.tensor(WEIGHTS, dtype=torch.float64)
    student.call(PAIRED, point(), v).must_equal(pulled_back(PAIRED, point(), v)).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_result_owns_its_memory(student):
    """The result shares no memory with x, with the .grad of x or with v.

    结果不与 x、x 的 .grad 或 v 共享内存。
    """
    v = torch.tensor(WEIGHTS, dtype=torch.float64)
    student.call(PAIRED, point(), v).must_equal(pulled_back(PAIRED, point(), v)).must_own_its_storage()
