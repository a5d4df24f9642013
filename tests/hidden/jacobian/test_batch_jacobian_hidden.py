# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges batch_jacobian."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, oracle, probe, quarters, tensors, vector_maps

DOCUMENT = Snippet("lambda x: torch.stack([x[0] ** 2 + 3 * x[1], x[1] ** 2 + 2 * x[0]])")
WIDE = Snippet("lambda x: torch.stack([x[0] * x[1] ** 2, x[2] ** 3 - 0.5 * x[0]])")
ONE_OUTPUT = Snippet("lambda x: x[:1] ** 2 * x[2] - x[1]")

some = quarters()


@oracle
def matrices_of(f, batch):
    """The Jacobians, example by example, from torch's own function."""
    return torch.stack([jacobian(f, x) for x in batch.detach()])


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def plain():
    """Two examples of three entries."""
    return double([[0.5, -2.0, 1.25], [3.0, 0.75, -1.5]])


def with_old_grad():
    """The same, requiring grad and with an old gradient."""
    batch = plain().requires_grad_()
    batch.grad = torch.full_like(batch, -7.5).detach()
    return batch


@st.composite
def cases(draw, sizes):
    """A map and a batch, with (B, m, n) drawn from sizes."""
    examples, m, n = draw(sizes)
    return draw(vector_maps(n, m)), draw(tensors((examples, n), elements=some))


@pytest.mark.check("documented", points=0.75, covers=["d2-o2"])
def test_document_map(student):
    """The map y = (x0² + 3 x1, x1² + 2 x0): three times the point (2, 3), then two other points.

    映射 y = (x0² + 3 x1, x1² + 2 x0)：先是三个相同的点 (2, 3)，再是另外两个点。
    """
    same, at_document = torch.tensor([[2.0, 3.0]] * 3), torch.tensor([[4.0, 3.0], [2.0, 6.0]])
    student.call(DOCUMENT, same).must_equal(torch.stack([at_document] * 3))
    unlike = torch.tensor([[1.0, -0.5], [-1.5, 0.25]])
    expected = torch.tensor([[[2.0, 3.0], [2.0, -1.0]], [[-3.0, 3.0], [2.0, 0.5]]])
    student.call(DOCUMENT, unlike).must_equal(expected)


@pytest.mark.check("probes", points=0.75)
@probe(cases(st.sampled_from([(4, 2, 3), (2, 3, 5), (3, 1, 4)])), examples=10)
def test_fewer_outputs_than_inputs(student, case):
    """Fewer outputs than inputs, and another number of examples.

    输出少于输入，样本数又与两者不同。
    """
    student.call(*case).must_equal(matrices_of(*case))


@pytest.mark.check("probes", points=0.75)
@probe(cases(st.sampled_from([(2, 4, 3), (5, 3, 2), (4, 3, 1)])), examples=10)
def test_more_outputs_than_inputs(student, case):
    """More outputs than inputs, and another number of examples.

    输出多于输入，样本数又与两者不同。
    """
    student.call(*case).must_equal(matrices_of(*case))


@pytest.mark.check("edges", points=0.125)
def test_one_example_and_one_output(student):
    """A batch of one example, and a function with one output: no dimension is lost.

    只有一个样本的批次，以及只有一个输出的函数：维度不会丢失。
    """
    student.call(WIDE, plain()[1:]).must_equal(matrices_of(WIDE, plain()[1:]))
    student.call(ONE_OUTPUT, plain()).must_equal(matrices_of(ONE_OUTPUT, plain()))


@pytest.mark.check("edges", points=0.125)
def test_as_many_examples_as_inputs(student):
    """As many examples as each has entries, where rows and columns are easily mixed up.

    样本数等于每个样本的元素个数，这时行与列容易弄混。
    """
    batch = torch.cat([plain(), double([[1.5, 0.25, -0.75]])])
    student.call(WIDE, batch).must_equal(matrices_of(WIDE, batch))


def counted_map(namespace, batch, weights):
    """Call the function; tell whether it called f no more often than m times, and what it gave."""
    calls = []

    def f(x):
        calls.append(1)
        return (x * weights).sum(dim=1) * x[0]

    result = namespace["batch_jacobian"](f, batch)
    return {"at most 3 calls of f": len(calls) <= len(weights), "result": result}


@pytest.mark.check("edges", points=0.125)
def test_calls_of_f(student):
    """500 examples of two entries, three outputs: f is called at most three times.

    500 个样本，每个两个元素，三个输出：f 最多调用三次。
    """
    weights = double([[0.5, -1.0], [2.0, 0.25], [-3.0, 1.5]])
    batch = torch.stack([torch.linspace(-1.5, 2.0, 500), torch.linspace(3.0, 0.5, 500)], dim=1).double()
    expected = batch[:, :1, None] * weights
    expected[:, :, 0] += batch @ weights.T
    student.observe(counted_map, batch, weights).must_equal({"at most 3 calls of f": True, "result": expected})


@pytest.mark.check("edges", points=0.125)
def test_old_grad_and_second_call(student):
    """An old .grad of X plays no part, and a second call gives the same answer.

    X 原有的 .grad 不影响结果；再调用一次，答案相同。
    """
    for batch in (plain(), with_old_grad()):
        for answer in student.call_twice(WIDE, batch):
            answer.must_equal(matrices_of(WIDE, plain()))


@pytest.mark.check("edges", points=0.125)
def test_argument_stays(student):
    """The data, .grad and requires_grad of X are left as they were.

    X 的数据、.grad 和 requires_grad 都保持原样。
    """
    for batch in (plain(), with_old_grad()):
        student.call(WIDE, batch).must_equal(matrices_of(WIDE, plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_is_plain_numbers_of_its_own(student):
    """The result carries no graph, even if X requires grad, and shares no memory with X or its .grad.

    即使 X 要求梯度，结果也不带计算图，而且不与 X 或它的 .grad 共享内存。
    """
    for batch in (plain(), with_old_grad()):
        answer = student.call(WIDE, batch).must_equal(matrices_of(WIDE, plain()))
        answer.must_carry_no_graph().must_own_its_storage()
