# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges vjp_matmul."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import entries, oracle, probe, tensors

X = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0), (7.0, 8.0, 9.0))
W = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))


def double(values):
    return torch.tensor(values, dtype=torch.float64)


@oracle
def gradients(x, w, v):
    """The oracle: torch's own vector-Jacobian product of the matrix product."""
    return torch.autograd.functional.vjp(lambda x, w: x @ w.T, (x, w), v)[1]


def small_case():
    """Sizes n = 3, k = 2, m = 4, fresh tensors."""
    x = double([[1.0, -0.5], [2.0, 0.25], [0.0, 3.0]])
    w = double([[2.0, 1.0], [-1.0, 0.5], [0.75, -3.0], [1.5, 0.0]])
    v = double([[1.0, 0.0, -2.0, 0.5], [0.25, 3.0, 1.0, -1.0], [-0.5, 2.0, 0.0, 1.5]])
    return x, w, v


@pytest.mark.check("documented", points=0.75, covers=["d4-o9"])
def test_document_gradients(student):
    """Both gradients for the matrices of document 004, all weights 1.

    文档 004 的矩阵、权重全为 1 时的两个梯度。
    """
    dx = torch.tensor([[5.0, 7.0, 9.0]] * 3)
    dw = torch.tensor([[12.0, 15.0, 18.0]] * 2)
    student.call(torch.tensor(X), torch.tensor(W), torch.ones(3, 2)).must_equal((dx, dw))


@pytest.mark.check("documented", points=0.5, covers=["d4-o8"])
def test_document_product(student):
    """The matrices of document 004 in other places: its x as the weights, its w turned on its side.

    文档 004 的矩阵换个位置：用它的 x 作权重，用它的 w 的转置作 w。
    """
    x = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.5, -2.0]])
    product = torch.tensor([[14.0, 32.0], [32.0, 77.0], [50.0, 122.0]])  # the y that the document prints
    dw = torch.tensor([[4.5, -10.0], [6.0, -11.0], [7.5, -12.0]])
    student.call(x, torch.tensor(W).T.contiguous(), torch.tensor(X)).must_equal((product, dw))


@st.composite
def cases(draw, sizes):
    n, k, m = draw(sizes)
    return draw(tensors((n, k))), draw(tensors((m, k))), draw(tensors((n, m)))


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
    weight = draw(entries().filter(lambda value: value != 0))
    return draw(tensors((n, k))), draw(tensors((m, k))), i, j, weight


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
    """Arguments that already require grad and hold a gradient from earlier.

    参数已经 requires grad，并且带着以前的梯度。
    """
    x, w, v = small_case()
    expected = gradients(x, w, v)
    for argument in (x, w):
        argument.requires_grad_()
        argument.grad = torch.full_like(argument, 10.0)
    student.call(x, w, v).must_equal(expected)


@pytest.mark.check("edges", points=0.25)
def test_second_call(student):
    """A second call on the same tensors gives the same answer.

    对同样的张量再调用一次，答案相同。
    """
    x, w, v = small_case()
    _, second = student.call_twice(x, w, v)
    second.must_equal(gradients(x, w, v))


@pytest.mark.check("edges", points=0.25, needs="test_document_gradients")
def test_arguments_stay(student):
    """The arguments are left as they were.

    参数保持原样。
    """
    x, w, v = small_case()
    x.grad = torch.full_like(x, 0.75)
    student.call(x, w, v).must_equal(gradients(x, w, v)).must_leave_arguments()


@pytest.mark.check("edges", points=0.125, needs="test_document_gradients")
def test_no_graph(student):
    """The results carry no graph, even if the arguments require grad.

    即使参数 requires grad，结果也不带计算图。
    """
    x, w, v = small_case()
    expected = gradients(x, w, v)
    student.call(x.requires_grad_(), w.requires_grad_(), v).must_equal(expected).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125, needs="test_document_gradients")
def test_own_storage(student):
    """The results share no storage with the arguments or with each other.

    结果不与参数共享存储，彼此之间也不共享。
    """
    student.call(*small_case()).must_equal(gradients(*small_case())).must_own_its_storage()
