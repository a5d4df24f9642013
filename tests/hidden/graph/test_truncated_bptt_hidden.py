# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges truncated_bptt."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, probe, quarters, tensors

PRODUCT = Snippet("lambda w, h: w * h")
MATRIX = Snippet("lambda w, h: torch.tanh(w @ h + 0.5)")
ENTRIES = Snippet("lambda w, h: torch.tanh(w * h + 0.5)")
AFFINE = Snippet("lambda w, h: torch.tanh(w[0] * h + w[1])")
WITHOUT_H = Snippet("lambda w, h: w**2")
WITHOUT_W = Snippet("lambda w, h: torch.tanh(h + 0.5)")

numbers = quarters(-2, 2)


def matrix_step(w, h):
    """The next state and the gradient of its sum, for tanh(w h + 1/2) with a matrix w."""
    new = torch.tanh(w @ h + 0.5)
    return new, torch.outer(1 - new**2, h)


def entries_step(w, h):
    """The same, entry by entry."""
    new = torch.tanh(w * h + 0.5)
    return new, (1 - new**2) * h


def affine_step(w, h):
    """The same for tanh(w_0 h + w_1)."""
    new = torch.tanh(w[0] * h + w[1])
    return new, torch.stack([((1 - new**2) * h).sum(), (1 - new**2).sum()])


STEPS = {MATRIX: matrix_step, ENTRIES: entries_step, AFFINE: affine_step}


@oracle
def gradients(step, w, h, n):
    """The oracle: each step's derivative written down by hand, along a plain forward loop."""
    w, h, found = w.detach(), h.detach(), []
    for _ in range(n):
        h, gradient = STEPS[step](w, h)
        found.append(gradient)
    return found


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def plain():
    """A matrix and a state that ask for no gradient."""
    return double([[0.5, -1.25], [2.0, 0.75]]), double([1.5, -0.5])


def with_a_history():
    """A matrix and a state that require grad and hold an old gradient each."""
    w, h0 = (tensor.requires_grad_() for tensor in plain())
    w.grad, h0.grad = double([[10.0, -4.0], [7.5, 0.5]]), double([3.0, -8.0])
    return w, h0


def watched(namespace, step, w, h0, n):
    """Report the gradients, the calls of step, and whether h had no grad_fn in each of them."""
    without_history = []

    def watched_step(weight, h):
        without_history.append(h.grad_fn is None)
        return step(weight, h)

    found = namespace["truncated_bptt"](watched_step, w, h0, n)
    return {"gradients": found, "calls_of_step": len(without_history), "h_without_history": all(without_history)}


@st.composite
def matrix_cases(draw):
    """A matrix, a state and a number of steps."""
    size = draw(st.integers(2, 3))
    w, h0 = draw(tensors((size, size), elements=numbers)), draw(tensors((size,), elements=numbers))
    return MATRIX, w, h0, draw(st.integers(1, 5))


@st.composite
def vector_cases(draw):
    """A vector that meets the state entry by entry, or a pair of numbers that scales and shifts it."""
    size, step = draw(st.integers(1, 3)), draw(st.sampled_from((ENTRIES, AFFINE)))
    w = draw(tensors((size if step == ENTRIES else 2,), elements=numbers))
    return step, w, draw(tensors((size,), elements=numbers)), draw(st.integers(1, 5))


@pytest.mark.check("documented", points=1.0)
def test_worked_example(student):
    """The example of the README, w times h, from two different starting points.

    README 中的例子 w 乘 h，从两个不同的起点出发。
    """
    for w, h0, n, expected in ((2.0, 1.0, 3, [1.0, 2.0, 4.0]), (-3.0, 0.5, 4, [0.5, -1.5, 4.5, -13.5])):
        answer = student.call(PRODUCT, torch.tensor(w), torch.tensor(h0), n)
        answer.must_equal([torch.tensor(number) for number in expected])


@pytest.mark.check("probes", points=1.0)
@probe(matrix_cases(), examples=12)
def test_matrices(student, case):
    """States of several entries, with a matrix w.

    状态有多个元素，w 是矩阵。
    """
    student.call(*case).must_equal(gradients(*case))


@pytest.mark.check("probes", points=1.0)
@probe(vector_cases(), examples=12)
def test_vectors(student, case):
    """A vector w that scales the state entry by entry, or scales and shifts it.

    w 是向量：逐个元素地缩放状态，或者对状态做缩放和平移。
    """
    student.call(*case).must_equal(gradients(*case))


@pytest.mark.check("edges", points=0.125)
def test_no_step_at_all(student):
    """Two steps, then none: the empty list.

    先是两步，然后是零步：空列表。
    """
    for n in (2, 0):
        student.call(MATRIX, *plain(), n).must_equal(gradients(MATRIX, *plain(), n))


@pytest.mark.check("edges", points=0.25)
def test_state_or_weight_ignored(student):
    """A step that ignores the state, then one that ignores w.

    先是不用状态的一步，然后是不用 w 的一步。
    """
    w, h0 = double([1.5, -0.5]), double([0.75, 2.0])
    student.call(WITHOUT_H, w, h0, 2).must_equal([2 * w, 2 * w])
    student.call(WITHOUT_W, w, h0, 2).must_equal([0 * w, 0 * w])


@pytest.mark.check("edges", points=0.125)
def test_old_grads_do_not_count(student):
    """Both w and h0 require grad and hold an old gradient; a second call gives the same answer.

    w 和 h0 都已要求梯度并带着旧的梯度；再调用一次，答案相同。
    """
    for answer in student.call_twice(MATRIX, *with_a_history(), 3):
        answer.must_equal(gradients(MATRIX, *plain(), 3))


@pytest.mark.check("edges", points=0.125)
def test_arguments_are_left_alone(student):
    """Both w and h0 are left as they were, with and without an old gradient.

    w 和 h0 保持原样，不论有没有旧的梯度。
    """
    for arguments in (plain(), with_a_history()):
        student.call(MATRIX, *arguments, 3).must_equal(gradients(MATRIX, *plain(), 3)).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_plain_results(student):
    """The gradients carry no graph, and each has memory of its own.

    各个梯度不带计算图，每一个都占用自己的内存。
    """
    for arguments in (plain(), with_a_history()):
        answer = student.call(MATRIX, *arguments, 3).must_equal(gradients(MATRIX, *plain(), 3))
        answer.must_carry_no_graph().must_own_its_storage()


@pytest.mark.check("edges", points=0.25)
def test_state_arrives_without_history(student):
    """One call of step for each state, and h has no grad_fn in any of them.

    每个状态只调用一次 step，每次传进去的 h 都没有 grad_fn。
    """
    for n in (4, 2):
        found = gradients(MATRIX, *plain(), n)
        expected = {"gradients": found, "calls_of_step": n, "h_without_history": True}
        student.observe(watched, MATRIX, *plain(), n).must_equal(expected)
