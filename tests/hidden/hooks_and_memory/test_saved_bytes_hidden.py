# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges saved_bytes. The table of what each step saves was made by hand, from its derivative."""

import math

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, probe

OPERATIONS = (
    ("{}.exp()", "output", 1),
    ("{}.sin()", "input", 1),
    ("3 * {}", "nothing", 1),
    ("{0} * {0}", "input", 1),
    ("{}.tanh()", "output", 1),
    ("{} + 1", "nothing", 1),
    ("{} ** 3", "input", 1),
    ("-{}", "nothing", 1),
    ("{}.sigmoid()", "output", 1),
    ("{}.cumsum(0)", "nothing", 1),
)
RESIZING = (
    ("torch.cat(({0}, {0}))", "nothing", 2),
    ("torch.cat(({0}, {0}, {0}))", "nothing", 3),
    ("{}.sum(0, keepdim=True)", "nothing", 0),
)
"""Each step: what it saves, and how many times as long its result is; 0 stands for a single number."""


def numbers(count, dtype=torch.float32):
    """So many numbers that ask for no gradient."""
    return torch.linspace(0.5, 1.5, count).to(dtype)


def with_a_history(count):
    """Numbers that require grad and hold an old gradient."""
    x = numbers(count).requires_grad_()
    x.grad = torch.full((count,), 10.0)
    return x


def ask(student, *cases):
    """Compare the bytes for functions that are given as source text."""
    for source, x, expected in cases:
        student.call(Snippet(f"lambda x: {source}"), x).must_equal(expected)


def hooks_afterwards(namespace, f, x):
    """Report the bytes, and whether hooks on saved tensors are active afterwards."""
    found = namespace["saved_bytes"](f, x)
    return {"answers": [found], "hooks": torch._C._autograd._top_saved_tensors_default_hooks(False) is not None}  # noqa: FBT003


@st.composite
def chains(draw, operations):
    """A chain of two to five steps, numbers, and the bytes that its graph keeps."""
    steps = [draw(st.sampled_from(operations)) for _ in range(draw(st.integers(2, 5)))]
    length, dtype = draw(st.integers(2, 6)), draw(st.sampled_from([torch.float32, torch.float64]))
    lines, lengths, kept = [], [length], set()
    for place, (template, saves, factor) in enumerate(steps):
        lines.append(f"    y{place + 1} = {template.format(f'y{place}' if place else 'x')}\n")
        lengths.append(lengths[-1] * factor or 1)
        kept |= {place} if saves == "input" else {place + 1} if saves == "output" else set()
    source = "".join(["def f(x):\n", *lines, f"    return y{len(lines)}\n"])
    return Snippet(source), numbers(length, dtype), dtype.itemsize * sum(lengths[each] for each in kept)


@pytest.mark.check("documented", points=0.5)
def test_worked_example(student):
    """The example of the README, and the same function of other numbers.

    README 中的例子，以及同一个函数取别的数。
    """
    source = "(lambda y: (y * y).sum())(torch.exp(x))"
    ask(student, (source, numbers(4, torch.float64), 32), (source, numbers(7), 28))


@pytest.mark.check("documented", points=0.5)
def test_document_mean(student):
    """The mean of 3 (x + 2)^2, written as 3 * y * y with y = x + 2, at four ones and at six.

    3 (x + 2)^2 的均值，写成 3 * y * y，其中 y = x + 2；取四个 1 和六个 1。
    """
    source = "(lambda y: (3 * y * y).mean())(x + 2)"
    ask(student, (source, torch.ones(2, 2), 32), (source, torch.ones(2, 3), 48))


@pytest.mark.check("probes", points=1)
@probe(chains(OPERATIONS), examples=16)
def test_chains(student, case):
    """Chains of two to five steps, in float32 and float64; then a step that keeps its result.

    两到五步的链，取 float32 和 float64；然后是保存结果的一步。
    """
    f, x, expected = case
    student.call(f, x).must_equal(expected)
    ask(student, ("x.exp()", x, math.prod(x.shape) * x.itemsize))


@pytest.mark.check("probes", points=1)
@probe(chains((*OPERATIONS[:5], *RESIZING)), examples=16)
def test_chains_of_unlike_sizes(student, case):
    """Chains whose results grow and shrink; then a step that keeps its result.

    结果会变长或变短的链；然后是保存结果的一步。
    """
    f, x, expected = case
    student.call(f, x).must_equal(expected)
    ask(student, ("x.exp()", x, math.prod(x.shape) * x.itemsize))


@pytest.mark.check("edges", points=0.25)
def test_nothing_is_kept(student):
    """Functions that keep nothing or have no graph, beside one that keeps x.

    什么也不保存的函数和没有计算图的函数，以及保存 x 的函数。
    """
    ask(student, ("x.sin()", numbers(5), 20), ("x + 1", numbers(5), 0))
    ask(student, ("x * x", numbers(3), 12), ("x.detach() * 2", numbers(3), 0))


@pytest.mark.check("edges", points=0.25)
def test_views(student):
    """A slice, a larger view and a transpose of x are saved: the memory behind them counts, whole and once.

    保存的是 x 的切片、更大的视图或转置：算的是它们背后的整块内存，只算一次。
    """
    ask(student, ("x[1:3].sin()", numbers(6), 24), ("x.expand(3, 4).sin()", numbers(4), 16))
    ask(student, ("x.T.sin() + x.sin().T", numbers(6).reshape(2, 3), 24))


@pytest.mark.check("edges", points=0.25)
def test_x_stays(student):
    """The argument is left as it was, with and without an old gradient, and a second call gives the same.

    参数保持原样，不论有没有旧的梯度；再调用一次，答案相同。
    """
    f = Snippet("lambda x: (x * x).exp()")
    for x, expected in ((numbers(3), 24), (with_a_history(5), 40)):
        for answer in student.call_twice(f, x):
            answer.must_equal(expected).must_leave_arguments()


@pytest.mark.check("edges", points=0.25)
def test_no_hook_stays(student):
    """Hooks on saved tensors are active during the call only.

    保存张量的钩子只在调用期间有效。
    """
    for count in (3, 5):
        expected = {"answers": [8 * count], "hooks": False}
        student.observe(hooks_afterwards, Snippet("lambda x: (x * x).exp()"), numbers(count)).must_equal(expected)
