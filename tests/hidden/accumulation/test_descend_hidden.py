# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges descend."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, nonzero, oracle, probe, sum_of, tensors

SQUARE = Snippet("lambda w: w**2")
VALLEY = Snippet("lambda w: 2 * w[0] ** 2 - w[0] * w[1] + w[2] ** 2")
VALLEY_AT = (1.0, -2.0, 3.0)


def valley(steps, lr):
    """Every point that a descent on VALLEY visits, by the gradient worked out by hand."""
    points = [VALLEY_AT]
    for _ in range(steps):
        a, b, c = points[-1]
        points.append((a - lr * (4 * a - b), b + lr * a, c - lr * 2 * c))
    return [torch.tensor(point, dtype=torch.float64) for point in points]


def plain():
    """A start that asks for no gradient."""
    return torch.tensor(VALLEY_AT, dtype=torch.float64)


def used():
    """A start that already requires grad and holds an old .grad."""
    w = plain().requires_grad_()
    w.grad = torch.tensor([100.0, -10.0, 7.5], dtype=torch.float64)
    return w


@oracle
def bottom(coefficients, w, lr, steps):
    """Where sum(a (w - b)^2) + c * (first entry) * (last entry) leads, by its gradient worked out by hand."""
    a, b, c = coefficients
    at = w.flatten().clone()
    for _ in range(steps):
        gradient = 2 * a.flatten() * (at - b.flatten())
        gradient[0] += c * at[-1]
        gradient[-1] += c * at[0]
        at = at - lr * gradient
    return at.reshape(w.shape)


def bowl(a, b, c):
    """The function whose descent that is."""
    squares = f"(torch.tensor({a.tolist()}) * (w - torch.tensor({b.tolist()})) ** 2).sum()"
    return Snippet(f"lambda w: {sum_of([(1, squares), (c, 'w.flatten()[0] * w.flatten()[-1]')])}")


@st.composite
def descents(draw, shape):
    """Coefficients of a bowl, a start, a learning rate and a number of steps."""
    a, b, w = (draw(tensors(shape, start=place)) for place in range(3))
    return (a, b, draw(nonzero())), w, draw(st.sampled_from([0.25, 0.1, 0.05])), draw(st.integers(1, 5))


def ask(student, case):
    """Compare where one descent leads."""
    coefficients, *rest = case
    student.call(bowl(*coefficients), *rest).must_equal(bottom(*case))


def watched(code, loss, w, lr, steps):
    """Descend and note what loss is given."""
    given = []

    def loss_watched(at):
        given.append((at.detach().clone(), at.is_leaf, at.requires_grad))
        return loss(at)

    result = code["descend"](loss_watched, w, lr, steps)
    points, leaves, flags = zip(*given, strict=True) if given else ((), (), ())
    return {"result": result, "points given to loss": points, "is_leaf": leaves, "requires_grad": flags}


@pytest.mark.check("documented", points=0.5)
def test_the_square(student):
    """The square of a single number, from 1 and from other starts.

    单个数的平方，从 1 和别的起点出发。
    """
    student.call(SQUARE, torch.tensor([1.0]), 0.1, 2).must_equal(torch.tensor([0.64]))
    student.call(SQUARE, torch.tensor([-3.0]), 0.25, 3).must_equal(torch.tensor([-0.375]))


@pytest.mark.check("documented", points=0.5)
def test_a_valley_of_three_entries(student):
    """A valley in three entries, two of which act on each other.

    三个元素的山谷，其中两个互相影响。
    """
    for steps in (2, 3):
        student.call(VALLEY, plain(), 0.25, steps).must_equal(valley(steps, 0.25)[-1])


@pytest.mark.check("probes", points=1)
@probe(descents((2,)), examples=12)
def test_bowls_of_a_vector(student, case):
    """Random bowls of a vector, with one to five steps.

    向量的随机碗形函数，走一到五步。
    """
    ask(student, case)


@pytest.mark.check("probes", points=1)
@probe(descents((2, 3)), examples=10)
def test_bowls_of_a_matrix(student, case):
    """Random bowls of a matrix, with one to five steps.

    矩阵的随机碗形函数，走一到五步。
    """
    ask(student, case)


@pytest.mark.check("edges", points=0.125)
def test_no_step_at_all(student):
    """With no steps w is returned in memory of its own; with one step it has moved.

    步数为零时返回 w 的数值，但有自己的内存；走一步则已经移动。
    """
    for steps in (1, 0):
        student.call(VALLEY, plain(), 0.25, steps).must_equal(valley(steps, 0.25)[-1]).must_own_its_storage()


@pytest.mark.check("edges", points=0.125)
def test_old_grad_does_not_count(student):
    """A w that requires grad and holds an old .grad leads to the same place, in a second call too.

    要求梯度、带着旧 .grad 的 w 到达同样的地方，再调用一次也一样。
    """
    first, second = student.call_twice(VALLEY, used(), 0.125, 3)
    first.must_equal(valley(3, 0.125)[-1])
    second.must_equal(valley(3, 0.125)[-1])


@pytest.mark.check("edges", points=0.125)
def test_an_entry_that_is_not_used(student):
    """An entry that the loss does not use stays, while the others move.

    loss 没有用到的元素留在原处，其余的照常移动。
    """
    loss, w = Snippet("lambda w: (w[0] ** 2 - 3 * w[1]).reshape(1, 1)"), plain()
    student.call(loss, w, 0.25, 2).must_equal(torch.tensor([0.25, -0.5, 3.0], dtype=torch.float64))


@pytest.mark.check("edges", points=0.125)
def test_w_stays_as_it_was(student):
    """Values, .grad and requires_grad of w are after the call what they were before.

    调用之后，w 的数值、.grad 和 requires_grad 与调用之前相同。
    """
    for w, steps in ((plain(), 2), (used(), 1)):
        student.call(VALLEY, w, 0.25, steps).must_equal(valley(steps, 0.25)[-1]).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_is_plain_numbers(student):
    """The result carries no graph and does not require grad, whether or not w does.

    无论 w 是否要求梯度，结果都不带计算图，也不要求梯度。
    """
    for w, steps in ((plain(), 2), (used(), 1)):
        student.call(VALLEY, w, 0.25, steps).must_equal(valley(steps, 0.25)[-1]).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_result_owns_its_memory(student):
    """The result shares no memory with w or with the .grad of w.

    结果不与 w 或 w 的 .grad 共享内存。
    """
    for w, steps in ((plain(), 3), (used(), 2)):
        student.call(VALLEY, w, 0.25, steps).must_equal(valley(steps, 0.25)[-1]).must_own_its_storage()


@pytest.mark.check("edges", points=0.25)
def test_what_the_loss_is_given(student):
    """In each step the loss is evaluated once, at the point of that step, on a leaf that requires grad.

    每一步只计算一次 loss，在这一步的点上，传入的是要求梯度的叶子张量。
    """
    *before, last = valley(3, 0.25)
    seen = {"result": last, "points given to loss": before, "is_leaf": [True] * 3, "requires_grad": [True] * 3}
    student.observe(watched, VALLEY, plain(), 0.25, 3).must_equal(seen)
