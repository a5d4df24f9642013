# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges clip_by_hook."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors, vector_maps

TRIPLE = Snippet("lambda x: 3 * x")
SQUARES = Snippet("lambda y: (y**2).sum()")
DOUBLE = Snippet("lambda x: 2 * x")
WEIGHTED = Snippet("lambda y: (torch.tensor([0.1, 1.0, 0.0001]) * (2 * y)).sum()")
MIXED = Snippet("lambda x: torch.stack([x[0] * x[1], x[1] ** 3])")
ITSELF = Snippet("lambda x: x")
CUBES = Snippet("lambda y: (y**3).sum() - 2 * y[0] * y[1]")
USED_TWICE = Snippet("lambda y: (3 * y).sum() - (y * torch.tensor([5.0, 1.0], dtype=y.dtype)).sum()")

SCALARS = (
    "({a} * y**2).sum() - {b} * y[0] * y[-1]",
    "({a} * y).sum() - {b} * y[0] ** 2 + y[-1] ** 3",
    "(y**3).sum() / {a} - {b} * (y * y.flip(0)).sum()",
)
a_factor, b_factor = (pick((2, 3, 4, 5, 0.5, 1.5), place) for place in range(2))
numbers = quarters(-2, 2)


def at():
    """A point that asks for no gradient."""
    return torch.tensor([1.5, -0.5], dtype=torch.float64)


def with_a_history():
    """A point that requires grad and holds an old gradient."""
    x = at().requires_grad_()
    x.grad = torch.tensor([10.0, -4.0], dtype=torch.float64)
    return x


@oracle
def clipped(f, g, x, limit):
    """The gradient of g at the value of y, clamped, times torch's own Jacobian of f."""
    point = x.detach()
    y = f(point).clone()
    at_y = jacobian(g, y).clamp(-limit, limit).reshape(-1)
    return (at_y @ jacobian(f, point).reshape(at_y.numel(), -1)).reshape(point.shape)


def ask(student, f, g, x, limit):
    student.call(f, g, x, limit).must_equal(clipped(f, g, x, limit))


def watched(namespace, f, g, x, limit):
    """Report the gradient, the calls of f and g, and the gradients that came by between two parts of f."""
    counts = {"calls_of_f": 0, "calls_of_g": 0, "backward_passes": 0}

    def count(what):
        counts[what] += 1

    def watched_f(argument):
        count("calls_of_f")
        inner = argument * 1
        if inner.requires_grad:
            inner.register_hook(lambda _gradient: count("backward_passes"))
        return f(inner)

    def watched_g(y):
        count("calls_of_g")
        return g(y)

    return {"gradient": namespace["clip_by_hook"](watched_f, watched_g, x, limit), **counts}


def used_afterwards(namespace, f, g, x, weights):
    """Report the clipped gradient, and the gradient of a weighted sum of x that is asked for afterwards."""
    gradient = namespace["clip_by_hook"](f, g, x, 0.5)
    (after,) = torch.autograd.grad((weights * x.requires_grad_()).sum(), x)
    return {"gradient": gradient, "gradient of another sum": after}


@st.composite
def cases(draw, *, limits):
    """A map that mixes entries, a number of its outputs, a point and a limit."""
    inputs, outputs = draw(st.sampled_from([(2, 3), (3, 2), (2, 2)]))
    scalar = draw(st.sampled_from(SCALARS)).format(a=draw(a_factor), b=draw(b_factor))
    x = draw(tensors((inputs,), elements=numbers))
    return draw(vector_maps(inputs, outputs)), Snippet(f"lambda y: {scalar}"), x, draw(pick(limits))


@pytest.mark.check("documented", points=0.375)
def test_worked_example(student):
    """The example of the README, and the same functions with other limits.

    README 中的例子，以及同样的函数换成别的界限。
    """
    x = torch.tensor([1.0, 2.0])
    for limit, expected in ((5.0, [15.0, 15.0]), (10.0, [18.0, 30.0])):
        student.call(TRIPLE, SQUARES, x, limit).must_equal(torch.tensor(expected))


@pytest.mark.check("documented", points=0.375)
def test_document_chain(student):
    """Two doublings, z = 2 (2 x) with the weights (0.1, 1, 0.0001), clipped between them, with two limits.

    连续两次乘以 2，即 z = 2 (2 x)，权重为 (0.1, 1, 0.0001)，在两次之间裁剪，取两种界限。
    """
    for limit, expected in ((1.0, [0.4, 2.0, 0.0004]), (0.1, [0.2, 0.2, 0.0004])):
        student.call(DOUBLE, WEIGHTED, torch.ones(3), limit).must_equal(torch.tensor(expected))


@pytest.mark.check("probes", points=0.75)
@probe(cases(limits=(1.0, 0.5, 2.0)), examples=12)
def test_low_limits(student, case):
    """Maps that mix the entries, with limits that nearly every gradient exceeds.

    混合各元素的映射，界限很低，梯度几乎都会超出。
    """
    ask(student, *case)


@pytest.mark.check("probes", points=0.75)
@probe(cases(limits=(4.0, 6.5, 10.0)), examples=12)
def test_higher_limits(student, case):
    """Maps that mix the entries, with limits that some entries of the gradient exceed.

    混合各元素的映射，界限较高，只有部分元素超出。
    """
    ask(student, *case)


@pytest.mark.check("edges", points=0.125)
def test_everything_and_nothing_to_clip(student):
    """A limit that every entry exceeds, and one that none does.

    所有元素都超出的界限，以及没有元素超出的界限。
    """
    for limit in (0.25, 1000.0):
        ask(student, MIXED, CUBES, at(), limit)


@pytest.mark.check("edges", points=0.125)
def test_y_used_twice(student):
    """A g that uses y twice: the sum of both parts is clipped, though each part exceeds the limit.

    g 两次用到 y：裁剪的是两部分之和，尽管每一部分都超出界限。
    """
    for limit in (2.5, 0.5):
        ask(student, MIXED, USED_TWICE, at(), limit)


@pytest.mark.check("edges", points=0.125)
def test_no_hook_stays(student):
    """An f that returns x itself; a gradient of x that is asked for afterwards is not clipped.

    f 原样返回 x；之后再求 x 的梯度，不会被裁剪。
    """
    weights = torch.tensor([7.0, -3.0], dtype=torch.float64)
    for f in (MIXED, ITSELF):
        expected = {"gradient": clipped(f, CUBES, at(), 0.5), "gradient of another sum": weights}
        student.observe(used_afterwards, f, CUBES, with_a_history(), weights).must_equal(expected)


@pytest.mark.check("edges", points=0.125)
def test_old_gradient_and_second_call(student):
    """An old .grad plays no part, and a second call gives the same; x is left as it was.

    旧的 .grad 不起作用，再调用一次答案相同；x 保持原样。
    """
    for x in (at(), with_a_history()):
        for answer in student.call_twice(MIXED, CUBES, x, 0.5):
            answer.must_equal(clipped(MIXED, CUBES, x, 0.5)).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_no_graph_and_memory_of_its_own(student):
    """The result carries no graph and shares no memory with x.

    结果不带计算图，也不与 x 共享内存。
    """
    for f in (MIXED, ITSELF):
        answer = student.call(f, CUBES, with_a_history(), 0.5).must_equal(clipped(f, CUBES, at(), 0.5))
        answer.must_carry_no_graph().must_own_its_storage()


@pytest.mark.check("edges", points=0.125)
def test_one_call_and_one_pass(student):
    """One call of f, one of g, and one backward pass.

    f 和 g 各调用一次，反向传播一次。
    """
    expected = {"gradient": clipped(MIXED, CUBES, at(), 0.5), "calls_of_f": 1, "calls_of_g": 1, "backward_passes": 1}
    student.observe(watched, MIXED, CUBES, at(), 0.5).must_equal(expected)
