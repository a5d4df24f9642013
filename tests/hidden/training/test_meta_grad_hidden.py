# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges meta_grad."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

SQUARE = Snippet("lambda w: (w**2).sum()")
CUBE = Snippet("lambda w: (w**3).sum()")
LINEAR = Snippet("lambda w: 3 * w[0] - w.sum()")
CONSTANT = Snippet("lambda w: (0 * w).sum() + 2")
COUPLED = Snippet("lambda w: w[0] ** 2 * w[1] + w[2] ** 3 * w[0]")
WITHOUT_FIRST = Snippet("lambda w: (w[1:] ** 2).sum()")
BOWL = Snippet("lambda w: ((w - 1) ** 2).sum()")
START = (1.0, -0.5, 2.0)

numbers = quarters(-1.5, 1.5)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def plain():
    """A start that asks for no gradient."""
    return double(START)


def used():
    """A start that requires grad and holds an old .grad."""
    w = plain().requires_grad_()
    w.grad = double([100.0, -10.0, 7.5])
    return w


def cubic(w, a, b):
    """Gradient and Hessian of a w0^2 w1 + b (sum w)^3 / 6, by hand."""
    first, second = torch.zeros_like(w), torch.zeros(len(w), len(w), dtype=w.dtype)
    first[0], first[1] = 2 * a * w[0] * w[1], a * w[0] ** 2
    second[0, 0], second[0, 1], second[1, 0] = 2 * a * w[1], 2 * a * w[0], 2 * a * w[0]
    total = w.sum()
    return first + b * total**2 / 2, second + b * total


def exponential(w, a, b):
    """Gradient and Hessian of exp(a . w) with a_i = a / (i + 1), plus b w0 w1, by hand."""
    slopes = a / torch.arange(1, len(w) + 1, dtype=w.dtype)
    value = torch.exp(slopes @ w)
    first, second = value * slopes, value * torch.outer(slopes, slopes)
    first[0], first[1] = first[0] + b * w[1], first[1] + b * w[0]
    second[0, 1], second[1, 0] = second[0, 1] + b, second[1, 0] + b
    return first, second


LOSSES = {
    "cubic": (cubic, "{a} * w[0] ** 2 * w[1] + {b} * w.sum() ** 3 / 6"),
    "exponential": (exponential, "torch.exp(({a} * w / torch.arange(1, len(w) + 1)).sum()) + {b} * w[0] * w[1]"),
}


@oracle
def expected(train, centre, w, lr):
    """The oracle: (I - lr H) times the gradient of val at the new point, with gradient and H of train by hand."""
    kind, a, b = train
    first, second = LOSSES[kind][0](w, a, b)
    slope = 2 * (w - lr * first - centre)
    return slope - lr * second @ slope


@st.composite
def cases(draw, kind):
    """A training loss that couples the entries, a bowl to validate with, a start and a learning rate."""
    n = draw(pick((2, 3, 4), 0))
    a, b = draw(pick((1.0, 0.5, -0.5, 0.75), 0)), draw(pick((2.0, 1.0, -1.0, 0.5), 0))
    centre, w = draw(tensors((n,), elements=numbers)), draw(tensors((n,), elements=numbers, start=2))
    return (kind, a, b), centre, w, draw(st.sampled_from([0.5, 0.25, 0.1]))


def ask(student, case):
    """Compare one gradient through a step."""
    (kind, a, b), centre, w, lr = case
    train = Snippet(f"lambda w: {LOSSES[kind][1].format(a=a, b=b)}")
    val = Snippet(f"lambda w: ((w - torch.tensor({centre.tolist()})) ** 2).sum()")
    student.call(train, val, w, lr).must_equal(expected(*case))


def coupled(w, lr):
    """The answer for COUPLED and BOWL, by gradient and Hessian worked out by hand."""
    a, b, c = w.tolist()
    first = double([2 * a * b + c**3, a**2, 3 * c**2 * a])
    second = double([[2 * b, 2 * a, 3 * c**2], [2 * a, 0, 0], [3 * c**2, 0, 6 * c * a]])
    slope = 2 * (w.detach() - lr * first - 1)
    return slope - lr * second @ slope


def counted(namespace, train, val, w, lr):
    """Report the gradient and how often each of the losses was called."""
    calls = {"train": 0, "val": 0}

    def watched(name, loss):
        def loss_watched(at):
            calls[name] += 1
            return loss(at)

        return loss_watched

    gradient = namespace["meta_grad"](watched("train", train), watched("val", val), w, lr)
    return {"gradient": gradient, "calls": calls}


@pytest.mark.check("documented", points=0.75)
def test_the_square(student):
    """The square as both losses, from several starts and with several learning rates.

    两个损失都是平方，取不同的起点和学习率。
    """
    for start, lr, result in ((1.0, 0.1, 1.28), (1.0, 0.25, 0.5), (-3.0, 0.1, -3.84)):
        student.call(SQUARE, SQUARE, torch.tensor([start]), lr).must_equal(torch.tensor([result]))


@pytest.mark.check("documented", points=0.5)
def test_worked_example(student):
    """The example of the README, and the same from another start.

    README 中的例子，以及从另一个起点出发的同一问题。
    """
    for start, result in ((2.0, -0.32), (1.0, 0.56)):
        student.call(CUBE, SQUARE, torch.tensor([start]), 0.1).must_equal(torch.tensor([result]))


@pytest.mark.check("probes", points=1.25)
@probe(cases("cubic"), examples=12)
def test_cubic_training_losses(student, case):
    """Cubic training losses that couple the entries.

    耦合各元素的三次训练损失。
    """
    ask(student, case)


@pytest.mark.check("probes", points=1.25)
@probe(cases("exponential"), examples=12)
def test_exponential_training_losses(student, case):
    """Exponential training losses that couple the entries.

    耦合各元素的指数训练损失。
    """
    ask(student, case)


@pytest.mark.check("edges", points=0.25)
def test_steps_that_depend_little_on_w(student):
    """The learning rate 0, a linear and a constant training loss, then one that is neither.

    学习率为 0，线性的训练损失，恒定的训练损失，然后是两者都不是的。
    """
    student.call(COUPLED, BOWL, plain(), 0.0).must_equal(2 * (plain() - 1))
    student.call(LINEAR, BOWL, plain(), 0.5).must_equal(2 * (plain() - 0.5 * double([2.0, -1.0, -1.0]) - 1))
    student.call(CONSTANT, BOWL, plain(), 0.5).must_equal(2 * (plain() - 1))
    student.call(COUPLED, BOWL, plain(), 0.125).must_equal(coupled(plain(), 0.125))


@pytest.mark.check("edges", points=0.25)
def test_val_ignores_an_entry(student):
    """A validation loss that ignores an entry: it acts through the step, or not at all.

    验证损失不用某个元素：它通过这一步起作用，或者完全不起作用。
    """
    a, b, c = START
    first = double([2 * a * b + c**3, a**2, 3 * c**2 * a])
    second = double([[2 * b, 2 * a, 3 * c**2], [2 * a, 0, 0], [3 * c**2, 0, 6 * c * a]])
    slope = 2 * (plain() - 0.25 * first) * double([0.0, 1.0, 1.0])
    student.call(COUPLED, WITHOUT_FIRST, plain(), 0.25).must_equal(slope - 0.25 * second @ slope)
    slope = 2 * (plain() - 0.25 * 3 * plain() ** 2) * double([0.0, 1.0, 1.0])
    student.call(CUBE, WITHOUT_FIRST, plain(), 0.25).must_equal(slope * (1 - 0.25 * 6 * plain()))


@pytest.mark.check("edges", points=0.25)
def test_old_grad_does_not_count(student):
    """A w that requires grad and holds an old .grad has the same gradient, in a second call too.

    要求梯度、带着旧 .grad 的 w 得到同样的梯度，再调用一次也一样。
    """
    for answer in student.call_twice(COUPLED, BOWL, used(), 0.125):
        answer.must_equal(coupled(plain(), 0.125))


@pytest.mark.check("edges", points=0.25)
def test_w_and_result(student):
    """The argument w is left as it was, and the result carries no graph and has memory of its own.

    w 保持原样，结果不带计算图，占用自己的内存。
    """
    for w in (plain(), used()):
        answer = student.call(COUPLED, BOWL, w, 0.125).must_equal(coupled(plain(), 0.125))
        answer.must_leave_arguments().must_carry_no_graph().must_own_its_storage()


@pytest.mark.check("edges", points=0.25)
def test_one_call_each(student):
    """One call of train and one of val are enough.

    train 和 val 各只调用一次。
    """
    seen = {"gradient": coupled(plain(), 0.125), "calls": {"train": 1, "val": 1}}
    student.observe(counted, COUPLED, BOWL, plain(), 0.125).must_equal(seen)
