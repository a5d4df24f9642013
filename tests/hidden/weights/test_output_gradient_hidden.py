# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges output_gradient."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, nonzero, oracle, probe, quarters, sum_of, tensors, vector_maps

FILLED = Snippet(
    "def f(x):\n"
    "    y = torch.zeros(1, 2)\n"
    "    y[0, 0] = x[0, 0] ** 2 + 3 * x[0, 1]\n"
    "    y[0, 1] = x[0, 1] ** 2 + 2 * x[0, 0]\n"
    "    return y\n"
)
STACKED = Snippet("lambda x: torch.stack([x[0] ** 2 + 3 * x[1], x[1] ** 2 + 2 * x[0]])")
TABLE = Snippet("lambda x: torch.outer(x[:2], x**2)")
TABLE_AT = (1.5, -0.5, 2.0)
ENTRY = (1, 2)
GRADIENT = torch.tensor([0.0, 4.0, -2.0], dtype=torch.float64)
"""The gradient of x[1] * x[2]**2 at TABLE_AT, by hand."""
WITH_IDLE_OUTPUT = Snippet("lambda x: torch.stack([x[0] ** 2 * x[1], x.new_tensor(0.5), x[2] ** 3])")
TOTAL = Snippet("lambda x: (x**2).sum() + x[0] * x[2]")


@oracle
def row(f, x, index):
    """The row of torch's own Jacobian that belongs to one output."""
    return jacobian(f, x.detach())[index]


def plain(numbers=TABLE_AT):
    """A point that asks for no gradient."""
    return torch.tensor(numbers, dtype=torch.float64)


def used(numbers=TABLE_AT):
    """A point that already requires grad and holds an old .grad."""
    x = torch.tensor(numbers, dtype=torch.float64, requires_grad=True)
    x.grad = torch.tensor([7.0, -3.0, 0.25], dtype=torch.float64)
    return x


def counted(code, f, x, index):
    """Compute one gradient; count the calls of f and the gradients that arrive at what f returned."""
    calls, passes = [], []

    def f_counted(at):
        calls.append(at)
        y = f(at)
        if y.requires_grad:
            y.register_hook(passes.append)
        return y

    gradient = code["output_gradient"](f_counted, x, index)
    return {"gradient": gradient, "calls of f": len(calls), "backward passes": len(passes)}


def points(shape):
    """Draw a point without zeros."""
    return tensors(shape, elements=quarters())


@st.composite
def vector_cases(draw):
    """A map with another number of outputs than inputs, a point, and a number as index."""
    inputs, outputs = draw(st.permutations(range(2, 6)))[:2]
    return draw(vector_maps(inputs, outputs)), draw(points((inputs,))), draw(st.integers(-outputs, outputs - 1))


@st.composite
def table_cases(draw):
    """A map to a table of two or three dimensions whose entries all differ, a point, and a full index."""
    inputs, shape = draw(st.integers(2, 4)), draw(st.sampled_from([(2, 3), (3, 2), (2, 1, 3), (2, 2, 2)]))
    outputs = torch.Size(shape).numel()
    texts = [draw(output_texts(inputs)) for _ in range(outputs)]
    f = Snippet(f"lambda x: torch.stack([{', '.join(texts)}]).reshape{shape}")
    return f, draw(points((inputs,))), tuple(draw(st.integers(-size, size - 1)) for size in shape)


@st.composite
def output_texts(draw, inputs):
    """One output as source text: a square and a linear term of two inputs."""
    first, second = draw(st.permutations(range(inputs)))[:2]
    return sum_of([(draw(nonzero()), f"x[{first}] ** 2"), (draw(nonzero(1)), f"x[{second}]")])


@pytest.mark.check("documented", points=0.25, covers=["d2-o2"])
def test_outputs_of_shape_1_2(student):
    """Both outputs of a map whose result has the shape (1, 2) and is filled entry by entry.

    结果形状为 (1, 2)、逐个元素填入的映射，它的两个输出。
    """
    x = torch.tensor([[2.0, 3.0]])
    student.call(FILLED, x, (0, 0)).must_equal(torch.tensor([[4.0, 3.0]]))
    student.call(FILLED, x, (0, 1)).must_equal(torch.tensor([[2.0, 6.0]]))


@pytest.mark.check("documented", points=0.25, covers=["d2-o2"])
def test_outputs_in_a_vector(student):
    """Both outputs of the same map written with vectors.

    同一个映射用向量来写，它的两个输出。
    """
    x = torch.tensor([2.0, 3.0])
    student.call(STACKED, x, 0).must_equal(torch.tensor([4.0, 3.0]))
    student.call(STACKED, x, 1).must_equal(torch.tensor([2.0, 6.0]))


@pytest.mark.check("probes", points=0.5)
@probe(vector_cases(), examples=12)
def test_random_vectors(student, case):
    """Random maps from vectors to vectors, the index being a number.

    从向量到向量的随机映射，下标是一个数。
    """
    student.call(*case).must_equal(row(*case))


@pytest.mark.check("probes", points=0.5)
@probe(table_cases(), examples=16)
def test_random_tables(student, case):
    """Random maps to tables of two or three dimensions, the index being a full tuple.

    结果有两维或三维的随机映射，下标是完整的元组。
    """
    student.call(*case).must_equal(row(*case))


@pytest.mark.check("edges", points=0.0625)
def test_index_from_the_end(student):
    """Negative numbers in the index count from the end.

    下标中的负数从末尾数起。
    """
    student.call(TABLE, plain(), (-1, -1)).must_equal(GRADIENT)
    student.call(TABLE, plain(), (-2, 1)).must_equal(row(TABLE, plain(), (0, 1)))


@pytest.mark.check("edges", points=0.0625)
def test_a_single_number(student):
    """An output without dimensions has the empty index.

    零维的输出，下标是空元组。
    """
    student.call(TOTAL, plain(), ()).must_equal(row(TOTAL, plain(), ()))


@pytest.mark.check("edges", points=0.0625)
def test_an_output_without_x(student):
    """An output that does not depend on x has the gradient zero; the one beside it has its own.

    不依赖于 x 的输出梯度为零；它旁边的输出有自己的梯度。
    """
    for index in (2, 1):
        student.call(WITH_IDLE_OUTPUT, plain(), index).must_equal(row(WITH_IDLE_OUTPUT, plain(), index))


@pytest.mark.check("edges", points=0.0625)
def test_old_grad_does_not_count(student):
    """An x that requires grad and holds an old .grad gives the same answer, in a second call too.

    要求梯度、带着旧 .grad 的 x 得到同样的答案，再调用一次也一样。
    """
    first, second = student.call_twice(TABLE, used(), ENTRY)
    first.must_equal(GRADIENT)
    second.must_equal(GRADIENT)


@pytest.mark.check("edges", points=0.0625)
def test_x_stays_as_it_was(student):
    """Values, .grad and requires_grad of x are after the call what they were before.

    调用之后，x 的数值、.grad 和 requires_grad 与调用之前相同。
    """
    for x in (plain(), used()):
        student.call(TABLE, x, ENTRY).must_equal(GRADIENT).must_leave_arguments()


@pytest.mark.check("edges", points=0.0625)
def test_result_carries_no_graph(student):
    """The result is a plain tensor that does not require grad, whether or not x does.

    无论 x 是否要求梯度，结果都是不要求梯度的普通张量。
    """
    for x in (plain(), used()):
        student.call(TABLE, x, ENTRY).must_equal(GRADIENT).must_carry_no_graph()


@pytest.mark.check("edges", points=0.0625)
def test_result_owns_its_memory(student):
    """The result shares no memory with x or with the .grad of x.

    结果不与 x 或 x 的 .grad 共享内存。
    """
    for x in (plain(), used()):
        student.call(TABLE, x, ENTRY).must_equal(GRADIENT).must_own_its_storage()


@pytest.mark.check("edges", points=0.0625)
def test_one_call_and_one_pass(student):
    """The function f is called once and one backward pass is run, however many outputs there are.

    不论有多少个输出，只调用 f 一次，只做一次反向传播。
    """
    seen = {"gradient": GRADIENT, "calls of f": 1, "backward passes": 1}
    student.observe(counted, TABLE, plain(), ENTRY).must_equal(seen)
