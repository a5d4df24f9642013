# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges accumulated_grad."""

import gc
import weakref

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

SQUARES = Snippet("lambda w, X: ((w * X) ** 2).mean()")
LOSSES = (
    "((X @ w) ** 2).mean()",
    "((X @ w - 1) ** 2).sum(dim=1).mean()",
    "torch.sin(X @ w).mean()",
    "(X @ w * w.sum(dim=0)).sum(dim=1).mean()",
)
SIZES = ([1, 3], [2, 3], [3, 1, 2], [1, 2, 4], [4, 1], [2, 1, 1, 3], [5, 2])

numbers = quarters(-2, 2)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


ROWS = [[1.0, -0.5], [2.0, 0.25], [-1.5, 3.0], [0.5, 1.0], [-2.0, 0.75]]
W = [[0.5, -1.0], [2.0, 0.25]]
LINEAR = Snippet("lambda w, X: ((X @ w) ** 2).mean()")
SINE = Snippet("lambda w, X: torch.sin(X @ w).mean()")


def used(values):
    """Parameters that already require grad and hold an old .grad."""
    w = double(values).requires_grad_()
    w.grad = torch.full_like(w, 10.0).detach() * 1.5
    return w


@oracle
def whole(loss, w, X):
    """The oracle: the gradient of the loss of all rows at once."""
    leaf = w.detach().clone().requires_grad_()
    return torch.autograd.grad(loss(leaf, X.detach()), leaf)[0]


@st.composite
def cases(draw, losses):
    """A loss, a matrix of parameters, rows, and unlike sizes of parts."""
    sizes = draw(st.sampled_from(SIZES))
    inputs, outputs = draw(pick((2, 3, 1), 0)), draw(pick((2, 1, 3), 0))
    w = draw(tensors((inputs, outputs), elements=numbers))
    X = draw(tensors((sum(sizes), inputs), elements=numbers, start=2))
    return Snippet(f"lambda w, X: {draw(st.sampled_from(losses))}"), w, X, sizes


def watched(namespace, loss, w, X, sizes):
    """Report the gradient, and the values and rows that each call of loss was given."""
    points, rows = [], []

    def loss_watched(at, part):
        points.append(at.tolist())
        rows.append(part.tolist())
        return loss(at, part)

    gradient = namespace["accumulated_grad"](loss_watched, w, X, sizes)
    return {"gradient": gradient, "w given to loss": points, "rows given to loss": rows}


def in_memory(namespace, w, X, sizes):
    """Report the gradient of a mean of cubes, and how many earlier products are in memory at each call of loss."""
    products, alive = [], []

    def mean_of_cubes(at, part):
        gc.collect()
        alive.append(sum(product() is not None for product in products))
        product = at * part
        products.append(weakref.ref(product))
        return (product**3).mean()

    gradient = namespace["accumulated_grad"](mean_of_cubes, w, X, sizes)
    return {"gradient": gradient, "earlier products in memory": alive}


@pytest.mark.check("documented", points=1, covers=["d1-o2"])
def test_one_parameter_and_four_numbers(student):
    """The mean of the squares of w times 1, 2, 3, 4 at w = 1 and w = -2, split in several ways; and x^2 with x^3.

    w 乘以 1、2、3、4 之后平方的平均，w = 1 和 w = -2，以几种方式切分；以及 x^2 与 x^3。
    """
    X = torch.tensor([1.0, 2.0, 3.0, 4.0])
    for sizes in ([3, 1], [4], [1, 2, 1]):
        student.call(SQUARES, torch.tensor(1.0), X, sizes).must_equal(torch.tensor(15.0))
        student.call(SQUARES, torch.tensor(-2.0), X, sizes).must_equal(torch.tensor(-30.0))
    powers = Snippet("lambda w, X: (w ** X).mean() * 2")
    student.call(powers, torch.ones(1), torch.tensor([2.0, 3.0]), [1, 1]).must_equal(torch.tensor([5.0]))


@pytest.mark.check("probes", points=1)
@probe(cases(LOSSES[:2]), examples=12)
def test_squares(student, case):
    """Mean squares of a linear map, in parts of unlike size.

    线性映射的均方，各部分大小不同。
    """
    loss, w, X, sizes = case
    student.call(loss, w, X, sizes).must_equal(whole(loss, w, X))


@pytest.mark.check("probes", points=1)
@probe(cases(LOSSES[2:]), examples=12)
def test_other_losses(student, case):
    """Sines and products of parameters, in parts of unlike size.

    正弦与参数的乘积，各部分大小不同。
    """
    loss, w, X, sizes = case
    student.call(loss, w, X, sizes).must_equal(whole(loss, w, X))


@pytest.mark.check("edges", points=0.125)
def test_one_part_and_parts_of_one_row(student):
    """All rows in one part, then each row for itself.

    所有行作为一个部分，然后每一行单独成为一部分。
    """
    for sizes in ([5], [1] * 5):
        student.call(LINEAR, double(W), double(ROWS), sizes).must_equal(whole(LINEAR, double(W), double(ROWS)))


@pytest.mark.check("edges", points=0.125)
def test_old_grad_does_not_count(student):
    """A w that requires grad and holds an old .grad has the same gradient, in a second call too.

    要求梯度、带着旧 .grad 的 w 得到同样的梯度，再调用一次也一样。
    """
    for answer in student.call_twice(SINE, used(W), double(ROWS), [2, 3]):
        answer.must_equal(whole(SINE, double(W), double(ROWS)))


@pytest.mark.check("edges", points=0.125)
def test_arguments_stay_as_they_were(student):
    """Values, .grad and requires_grad of w and X are after the call what they were before.

    调用之后，w 和 X 的数值、.grad、requires_grad 与调用之前相同。
    """
    for w, sizes in ((double(W), [1, 4]), (used(W), [4, 1])):
        answer = student.call(SINE, w, double(ROWS), sizes)
        answer.must_equal(whole(SINE, double(W), double(ROWS))).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_is_plain_numbers(student):
    """The result carries no graph and shares no memory with w or its .grad.

    结果不带计算图，也不与 w 或它的 .grad 共享内存。
    """
    for w in (double(W), used(W)):
        answer = student.call(SINE, w, double(ROWS), [2, 1, 2]).must_equal(whole(SINE, double(W), double(ROWS)))
        answer.must_carry_no_graph().must_own_its_storage()


@pytest.mark.check("edges", points=0.25)
def test_what_the_loss_is_given(student):
    """Loss is called once for each part, in order, with the values of w and exactly the rows of that part.

    按顺序对每一部分调用一次 loss，传入 w 的数值和恰好属于这一部分的行。
    """
    w, X, sizes = double(W), double(ROWS), [2, 1, 2]
    rows = [part.tolist() for part in X.split(sizes)]
    seen = {"gradient": whole(SINE, w, X), "w given to loss": [w.tolist()] * 3, "rows given to loss": rows}
    student.observe(watched, SINE, w, X, sizes).must_equal(seen)


@pytest.mark.check("edges", points=0.25)
def test_one_part_in_memory(student):
    """When a part is computed, no intermediate result of an earlier part is in memory.

    计算一个部分时，内存里没有之前各部分的中间结果。
    """
    w, X, sizes = double([2.0, -1.0]), double(ROWS), [1, 3, 1]
    seen = {"gradient": 3 * w**2 * (X**3).sum(dim=0) / 10, "earlier products in memory": [0, 0, 0]}
    student.observe(in_memory, w, X, sizes).must_equal(seen)
