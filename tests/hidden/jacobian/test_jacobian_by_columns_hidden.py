# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges jacobian_by_columns."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, sum_of, tensors, vector_maps

DOCUMENT = Snippet("lambda x: torch.stack([x[0] ** 2 + 3 * x[1], x[1] ** 2 + 2 * x[0]])")
WIDE = Snippet("lambda x: torch.stack([x[0] * x[1] ** 2, x[2] ** 3 - 0.5 * x[0]])")
NUMBER = Snippet("lambda x: x**3 - 2 * x")
IGNORES_X = Snippet("lambda x: torch.ones(1, dtype=x.dtype)")
WITH_IDLE_PARTS = Snippet("lambda x: torch.stack([x[0] ** 3, x.new_tensor(0.5), x[2] * x[0], -1.5 * x[2]])")
NO_WAY_BACK = Snippet(
    "def f(x):\n"
    "    class OneWay(torch.autograd.Function):\n"
    "        generate_vmap_rule = True\n\n"
    "        @staticmethod\n"
    "        def forward(x):\n"
    "            return x[:2] ** 2 * x[2]\n\n"
    "        @staticmethod\n"
    "        def setup_context(ctx, inputs, output):\n"
    "            ctx.save_for_backward(*inputs)\n"
    "            ctx.save_for_forward(*inputs)\n\n"
    "        @staticmethod\n"
    "        def jvp(ctx, tangent):\n"
    "            (x,) = ctx.saved_tensors\n"
    "            return 2 * x[:2] * x[2] * tangent[:2] + x[:2] ** 2 * tangent[2]\n\n"
    "        @staticmethod\n"
    "        def backward(ctx, grad):\n"
    '            raise RuntimeError("this function has no way back")\n\n'
    "    return OneWay.apply(x)\n"
)

some = quarters()


@oracle
def matrix_of(f, x):
    """The (m, n) Jacobian by rows: torch's own function in reverse mode."""
    at = x.detach()
    return jacobian(f, at).reshape(-1, at.numel())


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def plain():
    return double([0.5, -2.0, 1.25])


def with_old_grad():
    """A point that already requires a gradient and already has one."""
    x = plain().requires_grad_()
    x.grad = double([100.0, -10.0, 7.5])
    return x


@st.composite
def vector_cases(draw, outputs, inputs):
    """A map of vectors and a point."""
    return draw(vector_maps(inputs, outputs)), draw(tensors((inputs,), elements=some))


@st.composite
def matrix_cases(draw):
    """A map from 2 x 2 matrices to matrices of two rows, and a point."""
    factor = draw(tensors((2, draw(st.integers(2, 3))), elements=some)).tolist()
    total = sum_of([(1, f"x**2 @ torch.tensor({factor}, dtype=x.dtype)"), (draw(pick(some)), "x[0, 0] * x[:, 1:]")])
    return Snippet(f"lambda x: {total}"), draw(tensors((2, 2), elements=some))


@pytest.mark.check("documented", points=1, covers=["d2-o2"])
def test_document_map(student):
    """The map y = (x0² + 3 x1, x1² + 2 x0), at (2, 3) and at (-1.5, 0.25).

    映射 y = (x0² + 3 x1, x1² + 2 x0)，分别在点 (2, 3) 和 (-1.5, 0.25) 处。
    """
    student.call(DOCUMENT, torch.tensor([2.0, 3.0])).must_equal(torch.tensor([[4.0, 3.0], [2.0, 6.0]]))
    student.call(DOCUMENT, torch.tensor([-1.5, 0.25])).must_equal(torch.tensor([[-3.0, 3.0], [2.0, 0.5]]))


@pytest.mark.check("probes", points=0.75)
@probe(vector_cases(6, 2), examples=8)
def test_six_outputs_of_two_inputs(student, case):
    """Six outputs of two inputs: two columns.

    两个输入，六个输出：共两列。
    """
    student.call(*case).must_equal(matrix_of(*case))


@pytest.mark.check("probes", points=0.5)
@probe(vector_cases(2, 5), examples=8)
def test_two_outputs_of_five_inputs(student, case):
    """Two outputs of five inputs: five columns.

    五个输入，两个输出：共五列。
    """
    student.call(*case).must_equal(matrix_of(*case))


@pytest.mark.check("probes", points=0.75)
@probe(matrix_cases(), examples=8)
def test_matrices_are_flattened(student, case):
    """Matrices as x and f(x), both read flattened.

    x 和 f(x) 都是矩阵，都按展平来看。
    """
    student.call(*case).must_equal(matrix_of(*case))


@pytest.mark.check("edges", points=0.125)
def test_idle_outputs_and_inputs(student):
    """Some outputs do not depend on some inputs; another f ignores x altogether.

    有的输出不依赖于某些输入；还有一个 f 完全不理会 x。
    """
    student.call(WITH_IDLE_PARTS, plain()).must_equal(matrix_of(WITH_IDLE_PARTS, plain()))
    student.call(IGNORES_X, plain()).must_equal(torch.zeros(1, 3, dtype=torch.float64))


@pytest.mark.check("edges", points=0.125)
def test_single_numbers(student):
    """A number as x and as f(x), both 0-d, gives shape (1, 1).

    x 和 f(x) 都是零维的数，结果的形状为 (1, 1)。
    """
    for number in (1.5, -2.0):
        student.call(NUMBER, double(number)).must_equal(double([[3 * number**2 - 2]]))


@pytest.mark.check("edges", points=0.125)
def test_no_way_back(student):
    """A function that has columns but no rows: its backward raises.

    有列而没有行的函数：它的 backward 会报错。
    """
    for a, b, c in ((0.5, -2.0, 1.25), (3.0, 1.5, -1.0)):
        expected = double([[2 * a * c, 0.0, a**2], [0.0, 2 * b * c, b**2]])
        student.call(NO_WAY_BACK, double([a, b, c])).must_equal(expected)


def counted_map(namespace, x, weights):
    """Call the function; tell how often it called f, and with what."""
    asked = []

    def f(x):
        asked.append(x.requires_grad)
        return torch.stack([(x * row).sum() * x[0] for row in weights])

    result = namespace["jacobian_by_columns"](f, x)
    return {"at most n calls of f": len(asked) <= x.numel(), "x requires grad in f": any(asked), "result": result}


@pytest.mark.check("edges", points=0.125)
def test_calls_of_f(student):
    """Five outputs of three inputs: f is called at most three times, never with a tensor that requires grad.

    三个输入、五个输出：f 最多调用三次，而且传给它的张量都不要求梯度。
    """
    weights = torch.linspace(-2.0, 3.0, 15, dtype=torch.float64).reshape(5, 3)
    expected = plain()[0] * weights
    expected[:, 0] += weights @ plain()
    told = {"at most n calls of f": True, "x requires grad in f": False, "result": expected}
    for x in (plain(), with_old_grad()):
        student.observe(counted_map, x, weights).must_equal(told)


@pytest.mark.check("edges", points=0.125)
def test_old_grad_and_second_call(student):
    """An old .grad of x plays no part, and a second call gives the same answer.

    x 原有的 .grad 不影响结果；再调用一次，答案相同。
    """
    for x in (plain(), with_old_grad()):
        for answer in student.call_twice(WIDE, x):
            answer.must_equal(matrix_of(WIDE, plain()))


@pytest.mark.check("edges", points=0.125)
def test_argument_stays(student):
    """The data, .grad and requires_grad of x are left as they were.

    x 的数据、.grad 和 requires_grad 都保持原样。
    """
    for x in (plain(), with_old_grad()):
        student.call(WIDE, x).must_equal(matrix_of(WIDE, plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_carries_no_graph(student):
    """The Jacobian is plain numbers, even if x requires grad.

    即使 x 要求梯度，雅可比矩阵也只是数值，不带计算图。
    """
    for x in (plain(), with_old_grad()):
        student.call(WIDE, x).must_equal(matrix_of(WIDE, plain())).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_result_has_memory_of_its_own(student):
    """The Jacobian shares no memory with x or with the .grad of x.

    雅可比矩阵不与 x 或 x 的 .grad 共享内存。
    """
    for x in (plain(), with_old_grad()):
        student.call(WIDE, x).must_equal(matrix_of(WIDE, plain())).must_own_its_storage()
