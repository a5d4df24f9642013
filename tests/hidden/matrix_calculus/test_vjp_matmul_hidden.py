# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges vjp_matmul."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import oracle, pick, probe, quarters, tensors

X = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0), (7.0, 8.0, 9.0))
W = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))


def double(values):
    return torch.tensor(values, dtype=torch.float64)


@oracle
def gradients(x, w, v):
    """The oracle: torch's own vector-Jacobian product of the matrix product."""
    return torch.autograd.functional.vjp(lambda x, w: x @ w.T, (x, w), v)[1]


def with_history(*tensors):
    """The tensors, each requiring grad and with an old gradient."""
    for index, tensor in enumerate(tensors):
        tensor.requires_grad_()
        tensor.grad = torch.full_like(tensor, 10.0 + index).detach()
    return tensors


def small_case():
    """Sizes n = 3, k = 2, m = 4, fresh tensors."""
    x = double([[1.0, -0.5], [2.0, 0.25], [0.0, 3.0]])
    w = double([[2.0, 1.0], [-1.0, 0.5], [0.75, -3.0], [1.5, 0.0]])
    v = double([[1.0, 0.0, -2.0, 0.5], [0.25, 3.0, 1.0, -1.0], [-0.5, 2.0, 0.0, 1.5]])
    return x, w, v


@pytest.mark.check("documented", points=0.75, covers=["d4-o9"])
def test_document_gradients(student):
    """Three rows of x hold 1 to 9, w holds the first two of them; all weights are 1, then all are -2.

    x 是 1 到 9 排成的三行，w 是其中的前两行；权重先全为 1，再全为 -2。
    """
    dx = torch.tensor([[5.0, 7.0, 9.0]] * 3)
    dw = torch.tensor([[12.0, 15.0, 18.0]] * 2)
    student.call(torch.tensor(X), torch.tensor(W), torch.ones(3, 2)).must_equal((dx, dw))
    student.call(torch.tensor(X), torch.tensor(W), torch.full((3, 2), -2.0)).must_equal((-2 * dx, -2 * dw))


@pytest.mark.check("documented", points=0.5, covers=["d4-o8"])
def test_document_product(student):
    """The same numbers in other places: 1 to 9 as the weights, and w with the columns (1, 2, 3) and (4, 5, 6).

    同样的数换个位置：1 到 9 作为权重，w 的两列是 (1, 2, 3) 和 (4, 5, 6)。
    """
    x = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.5, -2.0]])
    product = torch.tensor([[14.0, 32.0], [32.0, 77.0], [50.0, 122.0]])  # the y that the document prints
    dw = torch.tensor([[4.5, -10.0], [6.0, -11.0], [7.5, -12.0]])
    student.call(x, torch.tensor(W).T.contiguous(), torch.tensor(X)).must_equal((product, dw))
    student.call(2 * x, torch.tensor(W).T.contiguous(), torch.tensor(X)).must_equal((product, 2 * dw))


@st.composite
def cases(draw, sizes):
    n, k, m = draw(sizes)
    return draw(tensors((n, k))), draw(tensors((m, k), start=1)), draw(tensors((n, m), start=2))


@pytest.mark.check("probes", points=1.0)
@probe(cases(st.permutations([2, 3, 4])), examples=12)
def test_three_different_sizes(student, case):
    """Three sizes that all differ, with fractional weights.

    三个互不相同的尺寸，权重是小数。
    """
    student.call(*case).must_equal(gradients(*case))


@pytest.mark.check("probes", points=0.75)
@probe(cases(st.sampled_from([(2, 2, 2), (3, 3, 3)])), examples=12)
def test_square_matrices(student, case):
    """Square matrices, which fit together however they are turned.

    方阵：无论怎么转置，形状都对得上。
    """
    student.call(*case).must_equal(gradients(*case))


@st.composite
def one_hot_cases(draw):
    n, k, m = (draw(st.integers(1, 4)) for _ in range(3))
    i, j = draw(st.integers(0, n - 1)), draw(st.integers(0, m - 1))
    weight = draw(pick(quarters(), 1))
    return draw(tensors((n, k))), draw(tensors((m, k), start=1)), i, j, weight


@pytest.mark.check("probes", points=0.75)
@probe(one_hot_cases(), examples=12)
def test_one_weight_only(student, case):
    """All weights 0 except one, which may be negative.

    只有一个权重不为 0，它可能是负数。
    """
    x, w, i, j, weight = case
    v = torch.zeros(len(x), len(w), dtype=torch.float64)
    dx, dw = torch.zeros_like(x), torch.zeros_like(w)
    v[i, j], dx[i], dw[j] = weight, weight * w[j], weight * x[i]
    student.call(x, w, v).must_equal((dx, dw))


@pytest.mark.check("edges", points=0.25)
def test_single_row(student):
    """One row of x and three rows of w.

    x 只有一行，w 有三行。
    """
    x, w, v = double([[2.0, -1.0]]), double([[1.0, 0.5], [3.0, -2.0], [0.0, 4.0]]), double([[0.5, -1.0, 2.0]])
    dx, dw = double([[-2.5, 10.25]]), double([[1.0, -0.5], [-2.0, 1.0], [4.0, -2.0]])
    student.call(x, w, v).must_equal((dx, dw))


@pytest.mark.check("edges", points=0.25)
def test_arguments_with_a_history(student):
    """An old .grad of x, w or v plays no part the results.

    x、w、v 原有的 .grad 不影响结果。
    """
    student.call(*with_history(*small_case())).must_equal(gradients(*small_case()))


@pytest.mark.check("edges", points=0.25)
def test_second_call(student):
    """A second call on the same tensors gives the same answer.

    对同样的张量再调用一次，答案相同。
    """
    for arguments in (small_case(), with_history(*small_case())):
        for answer in student.call_twice(*arguments):
            answer.must_equal(gradients(*small_case()))


@pytest.mark.check("edges", points=0.25, needs="test_document_gradients")
def test_arguments_stay(student):
    """The data, .grad and requires_grad of x, w and v are left as they were.

    x、w、v 的数据、.grad 和 requires_grad 都保持原样。
    """
    for arguments in (small_case(), with_history(*small_case())):
        student.call(*arguments).must_equal(gradients(*small_case())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125, needs="test_document_gradients")
def test_no_graph(student):
    """The results carry no graph, even if x, w and v require grad.

    即使 x、w、v 都要求梯度，结果也不带计算图。
    """
    student.call(*with_history(*small_case())).must_equal(gradients(*small_case())).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125, needs="test_document_gradients")
def test_own_storage(student):
    """The results share no memory with the arguments or with each other.

    结果不与参数共享内存，彼此之间也不共享。
    """
    for arguments in (small_case(), with_history(*small_case())):
        student.call(*arguments).must_equal(gradients(*small_case())).must_own_its_storage()
