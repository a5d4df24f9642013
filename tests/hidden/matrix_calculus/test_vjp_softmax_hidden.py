# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges vjp_softmax."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import oracle, probe, quarters, tensors

some = quarters()


@oracle
def gradient(z, v):
    """The weights contracted with torch's own Jacobian of softmax, row by row."""
    z, v = z.detach(), v.detach()
    if z.dim() > 1:
        return torch.stack([gradient(*rows) for rows in zip(z, v, strict=True)])
    return v @ torch.autograd.functional.jacobian(lambda row: torch.softmax(row, dim=-1), z)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def plain():
    """Logits and weights of two rows."""
    return double([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]]), double([[1.0, -2.0, 0.5], [0.0, 3.0, -1.25]])


def with_history():
    """The same, requiring grad and with old gradients."""
    z, v = plain()
    for index, tensor in enumerate((z, v)):
        tensor.requires_grad_()
        tensor.grad = torch.full_like(tensor, 10.0 + index).detach()
    return z, v


def eighths():
    """Logits whose softmax is (1/8, 2/8, 5/8)."""
    return double([1.0, 2.0, 5.0]).log()


@st.composite
def vector_cases(draw):
    n = draw(st.integers(2, 5))
    return draw(tensors((n,))), draw(tensors((n,), elements=some))


@st.composite
def batch_cases(draw):
    shape = draw(st.sampled_from([(2, 3), (3, 2), (2, 5), (4, 3)]))
    return draw(tensors(shape)), draw(tensors(shape, elements=some))


@pytest.mark.check("documented", points=0.5)
def test_worked_example(student):
    """For s = (1/8, 2/8, 5/8) and a single weight of 8, at the first entry and at the second.

    s = (1/8, 2/8, 5/8)，只有一个权重 8：先在第一个元素上，再在第二个元素上。
    """
    z = eighths().float()
    student.call(z, torch.tensor([8.0, 0.0, 0.0])).must_equal(torch.tensor([0.875, -0.25, -0.625]))
    student.call(z, torch.tensor([0.0, 8.0, 0.0])).must_equal(torch.tensor([-0.25, 1.5, -1.25]))


@pytest.mark.check("documented", points=0.5)
def test_cross_entropy(student):
    """The loss -log s_t is one number, so its way back needs no weights but 1; at s it arrives as v_t = -1 / s_t.

    损失 -log s_t 是一个数，从它反向传播只需权重 1；传到 s 处就成了 v_t = -1 / s_t。
    """
    s = double([0.125, 0.25, 0.625])
    for target in (1, 2):
        one_hot = torch.eye(3, dtype=torch.float64)[target]
        student.call(eighths(), -one_hot / s).must_equal(s - one_hot)


@pytest.mark.check("probes", points=1)
@probe(vector_cases(), examples=12)
def test_vectors(student, case):
    """Vectors of two to five logits.

    两到五个 logits 组成的向量。
    """
    student.call(*case).must_equal(gradient(*case))


@pytest.mark.check("probes", points=1)
@probe(batch_cases(), examples=12)
def test_batches(student, case):
    """Batches: softmax over the last dimension, each row by itself.

    成批的数据：softmax 沿最后一维计算，每一行各算各的。
    """
    student.call(*case).must_equal(gradient(*case))


@pytest.mark.check("edges", points=0.125)
def test_nothing_to_change(student):
    """Equal weights, and a single logit, whose softmax is always 1; between them weights that differ.

    权重全部相等，以及只有一个 logit（它的 softmax 恒为 1）；两者之间是各不相同的权重。
    """
    z, v = plain()
    student.call(z, torch.full_like(z, -1.5)).must_equal(torch.zeros_like(z))
    student.call(z, v).must_equal(gradient(z, v))
    student.call(double([0.75]), double([2.0])).must_equal(double([0.0]))


@pytest.mark.check("edges", points=0.25)
def test_large_logits(student):
    """Logits that are 1000 apart give numbers, no nan.

    logits 相差 1000 时得到的是数，而不是 nan。
    """
    student.call(double([1000.0, 0.0]), double([1.0, 0.0])).must_equal(double([0.0, 0.0]))
    z, v = double([[1000.0, 999.0, 0.0], [-1000.0, 0.5, 1.0]]), double([[1.0, -2.0, 3.0], [4.0, 0.5, -1.0]])
    student.call(z, v).must_equal(gradient(z, v))


@pytest.mark.check("edges", points=0.125)
def test_many_logits(student):
    """Four rows of 20 000 logits, whose Jacobians would not fit into memory.

    四行，每行 20 000 个 logits，它们的雅可比矩阵在内存里放不下。
    """
    z = torch.linspace(-3.0, 2.0, 80_000, dtype=torch.float64).reshape(4, 20_000)
    v = torch.linspace(5.0, -4.0, 80_000, dtype=torch.float64).reshape(20_000, 4).T
    shares = (z - z.amax(dim=1, keepdim=True)).exp()
    shares = shares / shares.sum(dim=1, keepdim=True)
    mean = torch.linalg.vecdot(shares, v)[:, None]
    student.call(z, v.contiguous()).must_equal(shares * v - mean * shares)


@pytest.mark.check("edges", points=0.125)
def test_old_grads_and_second_call(student):
    """An old .grad of z or v plays no part, and a second call gives the same answer.

    z、v 原有的 .grad 不影响结果；再调用一次，答案相同。
    """
    for arguments in (plain(), with_history()):
        for answer in student.call_twice(*arguments):
            answer.must_equal(gradient(*plain()))


@pytest.mark.check("edges", points=0.125)
def test_arguments_stay(student):
    """The data, .grad and requires_grad of z and v are left as they were.

    z、v 的数据、.grad 和 requires_grad 都保持原样。
    """
    for arguments in (plain(), with_history()):
        student.call(*arguments).must_equal(gradient(*plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_carries_no_graph(student):
    """The result is plain numbers, even if z and v require grad.

    即使 z、v 要求梯度，结果也只是数值，不带计算图。
    """
    for arguments in (plain(), with_history()):
        student.call(*arguments).must_equal(gradient(*plain())).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_result_has_memory_of_its_own(student):
    """The result shares no memory with z or v or their .grad.

    结果不与 z、v 或它们的 .grad 共享内存。
    """
    for arguments in (plain(), with_history()):
        student.call(*arguments).must_equal(gradient(*plain())).must_own_its_storage()
