# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges vjp_and_jvp."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian
from torch.utils._python_dispatch import TorchDispatchMode

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, sum_of, tensors, vector_maps

DOCUMENT = Snippet("lambda x: torch.stack([x[0] ** 2 + 3 * x[1], x[1] ** 2 + 2 * x[0]])")
WIDE = Snippet("lambda x: torch.stack([x[0] * x[1] ** 2, x[2] ** 3 - 0.5 * x[0]])")
NUMBER = Snippet("lambda x: x[0] ** 2 * x[2] - x[1]")
CURVE = Snippet("lambda x: torch.stack([x[0] ** 2, -3 * x[0], x[0] ** 3 + 1])")
LINEAR = Snippet("lambda x: torch.tensor([[1.0, -2.0, 0.5], [0.0, 3.0, 1.5]], dtype=x.dtype) @ x")

some = quarters()


@oracle
def products(f, x, v, u):
    """Both products, from torch's own Jacobian as a matrix."""
    matrix = jacobian(f, x.detach()).reshape(v.numel(), x.numel())
    vjp, jvp = v.detach().flatten() @ matrix, matrix @ u.detach().flatten()
    return vjp.reshape(x.shape), jvp.reshape(v.shape)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def plain():
    """A point with three entries, two weights, and a direction."""
    return double([0.5, -2.0, 1.25]), double([2.0, -0.75]), double([1.0, 0.25, -3.0])


def with_history():
    """The same, all requiring grad and with an old gradient."""
    tensors = plain()
    for index, tensor in enumerate(tensors):
        tensor.requires_grad_()
        tensor.grad = torch.full_like(tensor, 10.0 + index).detach()
    return tensors


@st.composite
def vector_cases(draw, sizes):
    """A map of vectors, a point, weights and a direction, with (m, n) drawn from sizes."""
    m, n = draw(sizes)
    point, weights = draw(tensors((n,), elements=some)), draw(tensors((m,), elements=some, start=1))
    return draw(vector_maps(n, m)), point, weights, draw(tensors((n,), elements=some, start=2))


@st.composite
def matrix_cases(draw):
    """A map from matrices to matrices of another shape, with weights and a direction."""
    rows, columns, width = draw(st.integers(2, 3)), draw(st.integers(2, 3)), draw(st.sampled_from([1, 4]))
    factor = draw(tensors((columns, width), elements=some)).tolist()
    total = sum_of([(1, f"x**2 @ torch.tensor({factor}, dtype=x.dtype)"), (draw(pick(some)), "x[0, 0] * x[:, -1:]")])
    shapes = (rows, columns), (rows, width), (rows, columns)
    return Snippet(f"lambda x: {total}"), *(draw(tensors(shape, elements=some)) for shape in shapes)


@pytest.mark.check("documented", points=1)
def test_document_map(student):
    """The map y = (x0² + 3 x1, x1² + 2 x0), at (2, 3) with v = u = (5, 7), then with two others.

    映射 y = (x0² + 3 x1, x1² + 2 x0)，在点 (2, 3) 处取 v = u = (5, 7)，再换另外两个向量。
    """
    x, both = torch.tensor([2.0, 3.0]), torch.tensor([5.0, 7.0])
    student.call(DOCUMENT, x, both, both.clone()).must_equal((torch.tensor([34.0, 57.0]), torch.tensor([41.0, 52.0])))
    v, u = torch.tensor([0.5, -1.0]), torch.tensor([-2.0, 0.25])
    student.call(DOCUMENT, x, v, u).must_equal((torch.tensor([0.0, -4.5]), torch.tensor([-7.25, -2.5])))


@pytest.mark.check("probes", points=0.5)
@probe(vector_cases(st.sampled_from([(2, 2), (3, 3)])), examples=10)
def test_square_jacobians(student, case):
    """As many outputs as inputs, where the two products are easily mixed up.

    输出与输入一样多，这时两种乘积容易混淆。
    """
    student.call(*case).must_equal(products(*case))


@pytest.mark.check("probes", points=0.75)
@probe(vector_cases(st.sampled_from([(2, 4), (4, 2), (1, 3), (3, 1)])), examples=12)
def test_more_or_fewer_outputs_than_inputs(student, case):
    """More outputs than inputs, or fewer.

    输出多于或少于输入。
    """
    student.call(*case).must_equal(products(*case))


@pytest.mark.check("probes", points=0.75)
@probe(matrix_cases(), examples=10)
def test_matrices(student, case):
    """Matrices as x and f(x): each result has the shape that it should have.

    x 和 f(x) 都是矩阵：每个结果都有应有的形状。
    """
    student.call(*case).must_equal(products(*case))


@pytest.mark.check("edges", points=0.125)
def test_one_number_and_one_input(student):
    """A function with a single output, 0-d, and one with a single input.

    只有一个输出（零维）的函数，以及只有一个输入的函数。
    """
    x, _, u = plain()
    student.call(NUMBER, x, double(-1.5), u).must_equal(products(NUMBER, x, double(-1.5), u))
    case = double([1.5]), double([2.0, -1.0, 0.25]), double([-0.5])
    student.call(CURVE, *case).must_equal(products(CURVE, *case))


@pytest.mark.check("edges", points=0.125)
def test_linear_map(student):
    """A linear f, and a direction of zeros.

    线性的 f，以及全零的方向。
    """
    x, v, u = plain()
    student.call(LINEAR, x, v, u).must_equal(products(LINEAR, x, v, u))
    student.call(LINEAR, x, v, 0 * u).must_equal(products(LINEAR, x, v, 0 * u))


class Largest(TorchDispatchMode):
    """Notes how many entries the largest tensor has that an operation returns."""

    entries = 0

    def __torch_dispatch__(self, func, _types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        for each in result if isinstance(result, list | tuple) else [result]:
            if isinstance(each, torch.Tensor):
                self.entries = max(self.entries, each.numel())
        return result


def large_map(namespace, x, v, u):
    """Call the function with 2000 outputs of 2000 inputs; tell what it cost and what it gave."""
    calls = []

    def f(x):
        calls.append(1)
        return x**2 * x.roll(1) - 3 * x.flip(0)

    with Largest() as seen:
        vjp, jvp = namespace["vjp_and_jvp"](f, x, v, u)
    return {
        "at most 2 calls of f": len(calls) <= 2,
        "no tensor as large as J": seen.entries < len(x) * len(v),
        "v^T J": vjp,
        "J u": jvp,
    }


@pytest.mark.check("edges", points=0.25)
def test_no_jacobian_is_built(student):
    """2000 inputs and 2000 outputs: f is called at most twice, and the Jacobian is never built.

    2000 个输入、2000 个输出：f 最多调用两次，并且始终不造出雅可比矩阵。
    """
    x = torch.linspace(-1.5, 2.5, 2000, dtype=torch.float64)
    v, u = torch.linspace(2.0, -1.0, 2000, dtype=torch.float64), torch.linspace(0.5, 3.0, 2000, dtype=torch.float64)
    slope = 2 * x * x.roll(1)
    vjp = v * slope + (v * x**2).roll(-1) - 3 * v.flip(0)
    jvp = slope * u + x**2 * u.roll(1) - 3 * u.flip(0)
    expected = {"at most 2 calls of f": True, "no tensor as large as J": True, "v^T J": vjp, "J u": jvp}
    student.observe(large_map, x, v, u).must_equal(expected)


@pytest.mark.check("edges", points=0.125)
def test_old_grads_and_second_call(student):
    """An old .grad of x, v or u plays no part, and a second call gives the same answer.

    x、v、u 原有的 .grad 不影响结果；再调用一次，答案相同。
    """
    for arguments in (plain(), with_history()):
        for answer in student.call_twice(WIDE, *arguments):
            answer.must_equal(products(WIDE, *plain()))


@pytest.mark.check("edges", points=0.125)
def test_arguments_stay(student):
    """The data, .grad and requires_grad of x, v and u are left as they were.

    x、v、u 的数据、.grad 和 requires_grad 都保持原样。
    """
    for arguments in (plain(), with_history()):
        student.call(WIDE, *arguments).must_equal(products(WIDE, *plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_results_carry_no_graph(student):
    """Both results are plain numbers, even if x, v and u require grad.

    即使 x、v、u 要求梯度，两个结果也只是数值，不带计算图。
    """
    for arguments in (plain(), with_history()):
        student.call(WIDE, *arguments).must_equal(products(WIDE, *plain())).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_results_have_memory_of_their_own(student):
    """The results share no memory with x, v or u, nor with each other.

    两个结果不与 x、v、u 共享内存，彼此之间也不共享。
    """
    for arguments in (plain(), with_history()):
        student.call(WIDE, *arguments).must_equal(products(WIDE, *plain())).must_own_its_storage()
