# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges step_in_backward. Hooks cross no border, so observers run the backward passes beside the student's code.

Each observer removes the hooks at its end: handles that remove nothing earn nothing.
"""

from itertools import pairwise

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

SHAPES = ((2,), (), (2, 2), (1, 3))
PRODUCT = Snippet("lambda w, b: w * b")
SQUARE = Snippet("lambda w: w**2")
USES_TWICE = Snippet("lambda w, b: (w * w * b).sum() - 3 * w.sum() * b[0]")
FIRST_ALONE = Snippet("lambda w, b, c: (w**3).sum() + (w * c).sum()")
CHAIN = Snippet("lambda *weights: (torch.linalg.multi_dot(weights) ** 2).sum()")

numbers = quarters(-2, 2)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def leaf(values):
    """A leaf that requires grad."""
    return double(values).requires_grad_()


def copies_of_gradients(params):
    """Return a copy of each .grad, which another backward pass does not touch."""
    return [None if each.grad is None else each.grad.clone() for each in params]


def passes(namespace, loss, params, lr, count):
    """Report the parameters and their gradients after some backward passes, and after one more without the hooks."""
    handles = namespace["step_in_backward"](params, lr)
    for _ in range(count):
        loss(*params).backward()
    report = {
        "parameters": [each.detach().clone() for each in params],
        "gradients left": copies_of_gradients(params),
    }
    for handle in handles:
        handle.remove()
    loss(*params).backward()
    moved = [each.detach() - before for each, before in zip(params, report["parameters"], strict=True)]
    return {**report, "gradients without hooks": copies_of_gradients(params), "moved without hooks": moved}


def gradients_alive(namespace, loss, params, lr):
    """Report the parameters after a pass, and whether at most one gradient was alive whenever one was complete."""
    handles = namespace["step_in_backward"](params, lr)
    alive = []
    for each in params:
        each.register_post_accumulate_grad_hook(
            lambda _parameter: alive.append(sum(other.grad is not None for other in params))
        )
    loss(*params).backward()
    after = [each.detach().clone() for each in params]
    for handle in handles:
        handle.remove()
    loss(*params).backward()
    told = {
        "all were complete once": len(alive) == 2 * len(params),
        "at most one alive": max(alive[: len(params)]) <= 1,
    }
    return {"parameters": after, **told, "gradients without hooks": copies_of_gradients(params)}


def descend(loss, params, lr, count):
    """Where plain gradient descent leads, and the gradients there; None for what is not trained or not used."""
    at = [each.detach().clone().requires_grad_(each.requires_grad) for each in params]
    for step in range(count + 1):
        trained = [each for each in at if each.requires_grad]
        found = iter(torch.autograd.grad(loss(*at), trained, allow_unused=True))
        gradients = [next(found) if each.requires_grad else None for each in at]
        if step < count:
            at = [
                each if gradient is None else (each.detach() - lr * gradient).requires_grad_()
                for each, gradient in zip(at, gradients, strict=True)
            ]
    return [each.detach() for each in at], gradients


@oracle
def expected(loss, params, lr, count):
    """What passes must report."""
    at, gradients = descend(loss, params, lr, count)
    return {
        "parameters": at,
        "gradients left": [None] * len(params),
        "gradients without hooks": gradients,
        "moved without hooks": [torch.zeros_like(each) for each in at],
    }


def ask(student, loss, params, lr, count):
    student.observe(passes, loss, params, lr, count).must_equal(expected(loss, params, lr, count))


@st.composite
def losses(draw, least):
    """A loss with squares and shared products of one to four parameters of unlike shapes."""
    shapes = draw(st.permutations(SHAPES))[: draw(st.integers(least, 4))]
    names = "abcd"[: len(shapes)]
    terms = [f"{draw(pick((2, 3, 0.5, -1), place))} * ({name} ** 2).sum()" for place, name in enumerate(names)]
    terms += [f"{one}.sum() * {other}.sum()" for one, other in pairwise(names)]
    loss = Snippet(f"lambda {', '.join(names)}: {' + '.join(terms)}")
    params = [draw(tensors(shape, elements=numbers, start=place)) for place, shape in enumerate(shapes)]
    return loss, [each.requires_grad_() for each in params]


@st.composite
def runs(draw, counts):
    """A loss, its parameters, a learning rate and a number of passes."""
    loss, params = draw(losses(least=1))
    return loss, params, draw(pick((0.1, 0.25, 0.05))), draw(pick(counts))


@pytest.mark.check("documented", points=0.625)
def test_worked_example(student):
    """The example of the README: the product of two numbers, two passes; then one pass more.

    README 中的例子：两个数的乘积，反向传播两次；然后再多一次。
    """
    for count in (2, 3):
        ask(student, PRODUCT, [leaf(1.0), leaf(2.0)], 0.1, count)


@pytest.mark.check("documented", points=0.625)
def test_descent_on_a_square(student):
    """The square of one number with the learning rate 0.1: 0.64 after two passes; then from another start.

    一个数的平方，学习率 0.1：两次之后是 0.64；然后换一个起点。
    """
    for start in (1.0, -3.0):
        ask(student, SQUARE, [leaf(start)], 0.1, 2)


@pytest.mark.check("probes", points=1.25)
@probe(runs(counts=(1,)), examples=12)
def test_one_pass(student, case):
    """One to four parameters that a loss couples, one pass.

    损失把一到四个参数联系在一起，反向传播一次。
    """
    ask(student, *case)


@pytest.mark.check("probes", points=1.25)
@probe(runs(counts=(2, 3)), examples=12)
def test_several_passes(student, case):
    """One to four parameters that a loss couples, two or three passes.

    损失把一到四个参数联系在一起，反向传播两到三次。
    """
    ask(student, *case)


@pytest.mark.check("edges", points=0.375)
def test_parameter_used_several_times(student):
    """A parameter that the loss uses several times is stepped once, with the whole gradient.

    损失多次用到的参数只更新一次，用完整的梯度。
    """
    for count in (1, 2):
        ask(student, USES_TWICE, [leaf([1.0, -0.5]), leaf([2.0, 0.25])], 0.125, count)


@pytest.mark.check("edges", points=0.375)
def test_unused_and_untrained(student):
    """A parameter that the loss does not use, and a tensor that requires no grad, stay; the others move.

    损失没有用到的参数和不要求梯度的张量不动，其余的照常移动。
    """
    for count in (1, 2):
        ask(student, FIRST_ALONE, [leaf([1.0, -0.5]), leaf([2.0]), double([0.5, 3.0])], 0.125, count)


@pytest.mark.check("edges", points=0.5)
def test_one_gradient_at_a_time(student):
    """A chain of matrices: whenever a gradient is complete, at most one is in memory.

    一串矩阵相乘：每当一个梯度算完整时，内存里最多只有一个。
    """
    matrices = [[[1.0, -2.0], [0.5, 1.5]], [[2.0, 0.25], [-1.0, 1.0]], [[0.5, 1.0], [3.0, -0.5]]]
    at, gradients = descend(CHAIN, [leaf(each) for each in matrices], 0.01, 1)
    told = {"all were complete once": True, "at most one alive": True}
    report = {"parameters": at, **told, "gradients without hooks": gradients}
    student.observe(gradients_alive, CHAIN, [leaf(each) for each in matrices], 0.01).must_equal(report)
