# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges weighted_grad."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, probe, quarters, sum_of, tensors, vector_maps

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
EXPECTED = torch.tensor([-0.5 * 0.5 + 3.0 * 4.0, 0.5 * 1.5 + 1.0, 1.0 + 3.0 * 2 * 1.5 * 2.0], dtype=torch.float64)
"""The gradient of PAIRED with WEIGHTS, by hand."""


@oracle
def pulled_back(f, x, v):
    """Return v^T J by torch's own vector-Jacobian product, on copies."""
    return torch.autograd.functional.vjp(f, x.detach().clone(), v.detach().to(x.dtype))[1]


def plain(numbers):
    """A tensor that asks for no gradient."""
    return torch.tensor(numbers, dtype=torch.float64)


def used(numbers):
    """A tensor that already requires grad and holds an old .grad."""
    x = torch.tensor(numbers, dtype=torch.float64, requires_grad=True)
    x.grad = torch.tensor([7.0, -3.0, 0.25], dtype=torch.float64)
    return x


def points(shape, dtype=torch.float64):
    """Draw a point without zeros."""
    return tensors(shape, elements=quarters(), dtype=dtype)


def weights(shape, dtype=torch.float64):
    """Draw weights that are not all alike and do not cancel, so that averaging or normalising them shows."""
    drawn = tensors(shape, dtype=dtype, start=1)
    return drawn.filter(lambda v: v.sum() != 0 and v.min() != v.max())


def coefficients(rows, columns):
    """Draw a matrix, as nested lists, of quarters other than zero."""
    return tensors((rows, columns), elements=quarters(-2, 2)).map(torch.Tensor.tolist)


@st.composite
def square_cases(draw):
    """Draw a map with as many outputs as inputs, a point and weights."""
    size = draw(st.integers(2, 4))
    return draw(vector_maps(size, size)), draw(points((size,))), draw(weights((size,)))


@st.composite
def oblong_cases(draw, dtype=torch.float64):
    """Draw a map with more or fewer outputs than inputs, a point and weights."""
    inputs, outputs = draw(st.permutations(range(2, 6)))[:2]
    f = draw(vector_maps(inputs, outputs))
    return f, draw(points((inputs,), dtype=dtype)), draw(weights((outputs,), dtype=dtype))


@st.composite
def matrix_cases(draw):
    """Draw a map from matrices to matrices, y = L (x * x + k x) R, a point and weights."""
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    out_rows, out_columns = draw(st.integers(2, 3)), draw(st.integers(1, 3))
    left, right = draw(coefficients(out_rows, rows)), draw(coefficients(columns, out_columns))
    slope = draw(st.sampled_from([-1.5, 0.5, 2.25]))
    inner = sum_of([(1, "x * x"), (slope, "x")])
    f = Snippet(f"lambda x: torch.tensor({left}, dtype=x.dtype) @ ({inner}) @ torch.tensor({right}, dtype=x.dtype)")
    return f, draw(points((rows, columns))), draw(weights((out_rows, out_columns)))


@pytest.mark.check("documented", points=0.375, covers=["d0-o2", "d0-o4"])
def test_both_shapes_of_the_same_outputs(student):
    """Four outputs 2x in a row, and the same four as a 2 x 2 matrix, with the weights 1, 0.1, 0.01, 0.001 and others.

    四个输出 2x 排成一行，以及同样的输出排成 2 x 2 矩阵；权重为 1、0.1、0.01、0.001，以及别的权重。
    """
    x = torch.tensor([1.0, 2.0, 3.0, 4.0])
    for v in (torch.tensor([1.0, 0.1, 0.01, 0.001]), torch.tensor([-0.5, 3.0, 0.0, 2.5])):
        student.call(DOUBLED, x, v).must_equal(2 * v)
        student.call(DOUBLED_MATRIX, x, v.view(2, 2)).must_equal(2 * v)


@pytest.mark.check("documented", points=0.25, covers=["d0-o5", "d0-o6"])
def test_whole_number_weights(student):
    """Weights that are whole numbers: ones, then tens, which give ten times as much.

    权重是整数：先全为 1，再全为 10，结果是前者的十倍。
    """
    x = torch.tensor([1.0, 2.0, 3.0])
    student.call(QUADRATIC, x, torch.tensor([1, 1, 1])).must_equal(torch.tensor([24.0, 32.0, 40.0]))
    student.call(QUADRATIC, x, torch.tensor([10, 10, 10])).must_equal(torch.tensor([240.0, 320.0, 400.0]))


@pytest.mark.check("documented", points=0.25, covers=["d1-o6", "d1-o7", "d1-o8", "d1-o9"])
def test_outputs_filled_in_place(student):
    """A column of outputs that is filled entry by entry, with equal and with unequal weights.

    逐个填入的一列输出，先用相等的权重，再用不等的权重。
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
    """Two scalings in a row, with the weights 0.1, 1, 0.0001 and with others.

    接连两次缩放，权重为 0.1、1、0.0001，以及别的权重。
    """
    for v in (torch.tensor([0.1, 1.0, 0.0001]), torch.tensor([2.0, -0.5, 10.0])):
        student.call(CHAIN, torch.ones(3), v).must_equal(4 * v)


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
def test_old_grad_does_not_count(student):
    """An x that already requires grad and holds an old .grad gives the same answer as a fresh one.

    已经要求梯度、带着旧 .grad 的 x，与全新的 x 得到同样的答案。
    """
    student.call(PAIRED, used(PAIRED_AT), plain(WEIGHTS)).must_equal(EXPECTED)


@pytest.mark.check("edges", points=0.125)
def test_the_same_call_twice(student):
    """The second call with the same arguments gives the same answer as the first.

    用同样的参数调用第二次，答案与第一次相同。
    """
    first, second = student.call_twice(PAIRED, plain(PAIRED_AT), plain(WEIGHTS))
    first.must_equal(EXPECTED)
    second.must_equal(EXPECTED)


@pytest.mark.check("edges", points=0.125)
def test_one_output_with_one_weight(student):
    """An output that is a single number takes a single number as its weight, and it need not be 1.

    输出是单个数时，权重也是单个数，而且不必是 1。
    """
    total = Snippet("lambda x: (x ** 2).sum() + x[0] * x[2]")
    x, v = plain(PAIRED_AT), plain(-2.5)
    student.call(total, x, v).must_equal(pulled_back(total, x, v))


@pytest.mark.check("edges", points=0.125)
def test_x_stays_as_it_was(student):
    """Values, .grad and requires_grad of x are after the call what they were before.

    调用之后，x 的数值、.grad 和 requires_grad 与调用之前相同。
    """
    for x in (plain(PAIRED_AT), used(PAIRED_AT)):
        student.call(PAIRED, x, plain(WEIGHTS)).must_equal(EXPECTED).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_weights_stay_as_they_were(student):
    """A v that requires grad and holds an old .grad keeps both, and its values.

    要求梯度、带着旧 .grad 的 v 保持原样，数值也不变。
    """
    student.call(PAIRED, plain(PAIRED_AT), used(WEIGHTS)).must_equal(EXPECTED).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_carries_no_graph(student):
    """The result is a plain tensor that does not require grad, whether or not x and v do.

    无论 x 和 v 是否要求梯度，结果都是不要求梯度的普通张量。
    """
    for x, v in ((plain(PAIRED_AT), plain(WEIGHTS)), (used(PAIRED_AT), used(WEIGHTS))):
        student.call(PAIRED, x, v).must_equal(EXPECTED).must_carry_no_graph()


@pytest.mark.check("edges", points=0.25)
def test_result_owns_its_memory(student):
    """The result shares no memory with x, with v or with a .grad of theirs.

    结果不与 x、v 或它们的 .grad 共享内存。
    """
    for x, v in ((plain(PAIRED_AT), plain(WEIGHTS)), (used(PAIRED_AT), used(WEIGHTS))):
        student.call(PAIRED, x, v).must_equal(EXPECTED).must_own_its_storage()
