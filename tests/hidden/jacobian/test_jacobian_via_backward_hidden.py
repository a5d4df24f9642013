# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges jacobian_via_backward."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, sum_of, tensors, vector_maps

DOCUMENT = Snippet(
    "def f(x):\n"
    "    y = torch.zeros(1, 2)\n"
    "    y[0, 0] = x[0, 0] ** 2 + 3 * x[0, 1]\n"
    "    y[0, 1] = x[0, 1] ** 2 + 2 * x[0, 0]\n"
    "    return y\n"
)
DOCUMENT_FLAT = Snippet("lambda x: torch.stack([x[0] ** 2 + 3 * x[1], x[1] ** 2 + 2 * x[0]])")
FORUM = Snippet("lambda x: torch.stack([3 * x[0] ** 2, x[0] ** 2 + 2 * x[1] ** 3, 10 * x[1]])")
WITH_IDLE_PARTS = Snippet("lambda x: torch.stack([x[0] ** 3, x.new_tensor(0.5), x[2] * x[0], -1.5 * x[2]])")
SCALAR_OUTPUT = Snippet("lambda x: (x**2).sum() + x[0] * x[2]")
ONE_OUTPUT = Snippet("lambda x: x[:1] ** 2 * x[2] - x[1]")
WIDE = Snippet("lambda x: torch.stack([x[0] * x[1] ** 2, x[2] ** 3 - 0.5 * x[0]])")


@oracle
def matrix_of(f, x):
    """The (m, n) Jacobian from torch's own function."""
    at = x.detach()
    return jacobian(f, at).reshape(-1, at.numel())


def with_old_grad():
    """A point that already requires a gradient and already has one."""
    x = torch.tensor([0.5, -2.0, 1.25], dtype=torch.float64, requires_grad=True)
    x.grad = torch.tensor([100.0, -10.0, 7.5], dtype=torch.float64)
    return x


def plain():
    """A point that asks for no gradient."""
    return torch.tensor([0.5, -2.0, 1.25], dtype=torch.float64)


coefficients = quarters()


@st.composite
def wide_cases(draw):
    """A map with fewer outputs than inputs, and a point."""
    outputs = draw(st.integers(2, 3))
    inputs = draw(st.integers(outputs + 1, 5))
    return draw(vector_maps(inputs, outputs)), draw(tensors((inputs,), elements=coefficients))


@st.composite
def tall_cases(draw):
    """A map with more outputs than inputs, and a point."""
    inputs = draw(st.integers(1, 3))
    outputs = draw(st.integers(inputs + 1, 5))
    return draw(vector_maps(inputs, outputs)), draw(tensors((inputs,), elements=coefficients))


@st.composite
def filled_cases(draw):
    """A map that fills its result entry by entry, and a point."""
    outputs, inputs = draw(st.integers(2, 4)), draw(st.integers(2, 3))
    lines = []
    for i in range(outputs):
        index = pick(tuple(range(inputs)), i)
        power, linear = f"x[{draw(index)}] ** {draw(st.integers(2, 3))}", f"x[{draw(index)}]"
        terms = (draw(pick(coefficients, i)), power), (draw(pick(coefficients, i + 1)), linear)
        lines.append(f"    y[{i}] = {sum_of(terms[: draw(pick((1, 2, 2, 2, 2)))])}\n")
    start = f"    y = torch.zeros({outputs}, dtype=x.dtype)\n"
    return Snippet("".join(["def f(x):\n", start, *lines, "    return y\n"])), draw(
        tensors((inputs,), elements=coefficients)
    )


@st.composite
def matrix_cases(draw):
    """A map from matrices to matrices, and a point."""
    rows, columns, height = draw(st.integers(1, 3)), draw(st.integers(2, 3)), draw(st.integers(1, 2))
    weights = draw(tensors((height, rows), elements=coefficients)).tolist()
    product = draw(pick(coefficients, 1))
    total = sum_of([(1, f"torch.tensor({weights}, dtype=x.dtype) @ x**2"), (product, "x[0, 0] * x[-1:]")])
    source = f"lambda x: {total}"
    return Snippet(source), draw(tensors((rows, columns), elements=coefficients))


@pytest.mark.check("documented", points=0.5, covers=["d2-o1", "d2-o2"])
def test_document_shapes(student):
    """The map y = (x0² + 3 x1, x1² + 2 x0), with x and y of shape (1, 2).

    映射 y = (x0² + 3 x1, x1² + 2 x0)，x 和 y 的形状都是 (1, 2)。
    """
    student.call(DOCUMENT, torch.tensor([[2.0, 3.0]])).must_equal(torch.tensor([[4.0, 3.0], [2.0, 6.0]]))
    student.call(DOCUMENT, torch.tensor([[0.5, -1.0]])).must_equal(torch.tensor([[1.0, 3.0], [2.0, -2.0]]))


@pytest.mark.check("documented", points=0.5, covers=["d2-o2"])
def test_document_map_of_a_vector(student):
    """The map y = (x0² + 3 x1, x1² + 2 x0), with x and y as vectors.

    映射 y = (x0² + 3 x1, x1² + 2 x0)，x 和 y 都是向量。
    """
    student.call(DOCUMENT_FLAT, torch.tensor([2.0, 3.0])).must_equal(torch.tensor([[4.0, 3.0], [2.0, 6.0]]))
    student.call(DOCUMENT_FLAT, torch.tensor([-1.5, 0.25])).must_equal(torch.tensor([[-3.0, 3.0], [2.0, 0.5]]))


@pytest.mark.check("documented", points=0.5)
def test_three_outputs_of_two_inputs(student):
    """Three outputs of two inputs: y = (3 x0², x0² + 2 x1³, 10 x1).

    两个输入，三个输出：y = (3 x0², x0² + 2 x1³, 10 x1)。
    """
    expected = torch.tensor([[6.0, 0.0], [2.0, 24.0], [0.0, 10.0]])
    student.call(FORUM, torch.tensor([1.0, 2.0])).must_equal(expected)
    expected = torch.tensor([[-3.0, 0.0], [-1.0, 6.0], [0.0, 10.0]])
    student.call(FORUM, torch.tensor([-0.5, 1.0])).must_equal(expected)


@pytest.mark.check("probes", points=0.75)
@probe(wide_cases(), examples=12)
def test_fewer_outputs_than_inputs(student, case):
    """Maps with fewer outputs than inputs.

    输出少于输入的映射。
    """
    student.call(*case).must_equal(matrix_of(*case))


@pytest.mark.check("probes", points=0.75)
@probe(tall_cases(), examples=12)
def test_more_outputs_than_inputs(student, case):
    """Maps with more outputs than inputs.

    输出多于输入的映射。
    """
    student.call(*case).must_equal(matrix_of(*case))


@pytest.mark.check("probes", points=0.75)
@probe(filled_cases(), examples=12)
def test_results_filled_entry_by_entry(student, case):
    """Maps that fill their result entry by entry.

    逐个元素填写结果的映射。
    """
    student.call(*case).must_equal(matrix_of(*case))


@pytest.mark.check("probes", points=0.75)
@probe(matrix_cases(), examples=12)
def test_matrices_are_flattened(student, case):
    """Maps from matrices to matrices, both read flattened.

    从矩阵到矩阵的映射，两者都按展平来看。
    """
    student.call(*case).must_equal(matrix_of(*case))


@pytest.mark.check("edges", points=0.25)
def test_one_output(student):
    """One output, 0-d or of shape (1,), is one row.

    只有一个输出时，无论零维还是形状 (1,)，都是一行。
    """
    for f in (SCALAR_OUTPUT, ONE_OUTPUT):
        student.call(f, plain()).must_equal(matrix_of(f, plain()))


@pytest.mark.check("edges", points=0.25)
def test_idle_outputs_and_inputs(student):
    """An output that does not depend on x, and an input that no output uses.

    有一个输出不依赖于 x，也有一个输入没有被任何输出用到。
    """
    student.call(WITH_IDLE_PARTS, plain()).must_equal(matrix_of(WITH_IDLE_PARTS, plain()))


@pytest.mark.check("edges", points=0.25)
def test_old_grad_does_not_count(student):
    """An old .grad of x plays no part the result.

    x 原有的 .grad 不影响结果。
    """
    x = with_old_grad()
    student.call(WIDE, x).must_equal(matrix_of(WIDE, x))


@pytest.mark.check("edges", points=0.25)
def test_second_call_agrees(student):
    """Two calls with the same arguments give the same answer.

    用相同的参数调用两次，结果相同。
    """
    for x in (plain(), with_old_grad()):
        for answer in student.call_twice(WIDE, x):
            answer.must_equal(matrix_of(WIDE, x))


@pytest.mark.check("edges", points=0.125)
def test_plain_argument_is_left_alone(student):
    """An x that does not require grad is left as it was.

    不要求梯度的 x 保持原样。
    """
    student.call(WIDE, plain()).must_equal(matrix_of(WIDE, plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_old_grad_is_left_alone(student):
    """An x that requires grad and has an old .grad is left as it was.

    要求梯度、又带着旧 .grad 的 x 保持原样。
    """
    x = with_old_grad()
    student.call(ONE_OUTPUT, x).must_equal(matrix_of(ONE_OUTPUT, x)).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_carries_no_graph(student):
    """The Jacobian is plain numbers, no part of a graph.

    雅可比矩阵只是数值，不属于任何计算图。
    """
    for x in (plain(), with_old_grad()):
        student.call(WIDE, x).must_equal(matrix_of(WIDE, x)).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_result_has_memory_of_its_own(student):
    """The Jacobian shares no memory with x or with the .grad of x.

    雅可比矩阵不与 x 或 x 的 .grad 共享内存。
    """
    for f in (WIDE, SCALAR_OUTPUT):
        for x in (plain(), with_old_grad()):
            student.call(f, x).must_equal(matrix_of(f, x)).must_own_its_storage()
