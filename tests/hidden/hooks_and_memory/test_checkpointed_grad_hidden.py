# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges checkpointed_grad."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

SQUARE = Snippet("lambda x: x**2")
MIRROR = Snippet("lambda x: x * x.flip(0)")
TRIPLE = Snippet("lambda x: 3 * x")
DOUBLE = Snippet("lambda x: 2 * x")
SINE = Snippet("lambda x: torch.sin(x)")
LAST_DIFFERENCES = Snippet("lambda x: x[1:] * x[:-1] - x[0]")
LONGER = Snippet("lambda x: torch.cat([x**2, x[:1] * x[-1]])")
LEARNED = Snippet("lambda x: x * torch.tensor([2.0, -0.5, 3.0], dtype=x.dtype, requires_grad=True)")
CONSTANT = Snippet("lambda x: x.new_tensor([2.0, -1.0])")

some = quarters(-2, 2)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


@oracle
def gradient(blocks, x, v):
    """Autograd through the whole chain."""
    leaf = x.detach().clone().requires_grad_()
    y = leaf * 1
    for block in blocks:
        y = block(y)
    return torch.autograd.grad(y, leaf, v.detach())[0] if y.requires_grad else torch.zeros_like(leaf)


CHAIN = [SQUARE, MIRROR, LONGER, SINE]


def plain():
    """The input of the chain, and weights of its result."""
    return double([0.5, -1.25]), double([2.0, -0.75, 1.5])


def with_history():
    """The same, requiring grad and with old gradients."""
    x, v = plain()
    for index, tensor in enumerate((x, v)):
        tensor.requires_grad_()
        tensor.grad = torch.full_like(tensor, 10.0 + index).detach()
    return x, v


def watched(namespace, blocks, x, v):
    """Report the gradient, which blocks were recorded in which order, and whether forward calls kept to the rules."""
    calls = []

    def watch(number, block):
        def watching(given):
            result = block(given)
            calls.append((number, result.requires_grad))
            return result

        return watching

    found = namespace["checkpointed_grad"]([watch(*each) for each in enumerate(blocks)], x, v)
    plain = [number for number, is_recorded in calls if not is_recorded]
    return {
        "gradient": found,
        "recorded, in order": [number for number, is_recorded in calls if is_recorded],
        "unrecorded at most once each": len(plain) == len(set(plain)),
    }


def ask(student, blocks, x, v):
    """Compare the gradient, and ask for each block to be recorded once, the last one first."""
    order = list(range(len(blocks)))[::-1]
    expected = {
        "gradient": gradient(blocks, x, v),
        "recorded, in order": order,
        "unrecorded at most once each": True,
    }
    student.observe(watched, blocks, x, v).must_equal(expected)


@st.composite
def chains(draw, *, least=2):
    """Two to five blocks that mix entries and change the length."""
    size = draw(st.integers(2, 3))
    x, blocks = draw(tensors((size,), elements=some)), []
    for _ in range(draw(st.integers(least, 5))):
        factor = draw(pick(some, 2))
        kinds = [(SQUARE, 0), (MIRROR, 0), (SINE, 0), (LONGER, 1), (Snippet(f"lambda x: {factor} * x"), 0)]
        kinds += [(LAST_DIFFERENCES, -1)] if size > 2 else []
        block, more = draw(st.sampled_from(kinds))
        blocks.append(block)
        size += more
    return blocks, x, draw(tensors((size,), elements=some, start=3))


@pytest.mark.check("documented", points=0.625)
def test_worked_example(student):
    """The three blocks of the README, with its weights and with others.

    README 中的三块，用那里的权重和别的权重。
    """
    x = torch.tensor([1.0, 2.0])
    for v, expected in (([1.0, 10.0], [264.0, 132.0]), ([-1.0, 0.5], [-12.0, -6.0])):
        answer = student.call([SQUARE, MIRROR, TRIPLE], x, torch.tensor(v))
        answer.must_equal(torch.tensor(expected))


@pytest.mark.check("documented", points=0.625, covers=["d4-o10"])
def test_document_chain(student):
    """The chain of two doublings, z = 2 (2 x), at x = (1, 1, 1) with v = (0.1, 1, 0.0001); then z = 3 (2 x).

    连续两次乘以 2 的链 z = 2 (2 x)，在 x = (1, 1, 1) 处取 v = (0.1, 1, 0.0001)；然后是 z = 3 (2 x)。
    """
    v = torch.tensor([0.1, 1.0, 0.0001])
    student.call([DOUBLE, DOUBLE], torch.ones(3), v).must_equal(torch.tensor([0.4, 4.0, 0.0004]))
    student.call([DOUBLE, TRIPLE], torch.ones(3), v).must_equal(6 * v)


@pytest.mark.check("probes", points=1.25)
@probe(chains(), examples=12)
def test_gradients(student, case):
    """Two to five blocks that mix entries and change the length.

    两到五块，它们混合各元素，也会改变长度。
    """
    student.call(*case).must_equal(gradient(*case))


@pytest.mark.check("probes", points=1.25)
@probe(chains(), examples=12)
def test_gradients_and_calls(student, case):
    """Two to five blocks, each recorded once on the way back and called unrecorded at most once.

    两到五块，每一块在反向时记录一次，不记录的调用最多一次。
    """
    ask(student, *case)


@pytest.mark.check("edges", points=0.25)
def test_no_block_and_one(student):
    """One block, then none: the gradient is v, in memory of its own and without a graph.

    先是一块，然后一块也没有：梯度就是 v，但有自己的内存，也不带计算图。
    """
    x, v = double([0.5, -1.5]), double([2.0, 0.75]).requires_grad_()
    for blocks in ([SQUARE], []):
        answer = student.call(blocks, x, v).must_equal(gradient(blocks, x, v))
        answer.must_own_its_storage().must_carry_no_graph()


@pytest.mark.check("edges", points=0.25)
def test_block_that_ignores_its_input(student):
    """A chain, then one with a block that ignores its input: the gradient is 0.

    先是一条链，然后其中有一块不理会自己的输入：梯度为 0。
    """
    x, v = double([0.5, -1.5]), double([2.0, 0.75])
    for blocks in ([SQUARE, SINE, MIRROR], [SQUARE, CONSTANT, MIRROR]):
        student.call(blocks, x, v).must_equal(gradient(blocks, x, v))


@pytest.mark.check("edges", points=0.25)
def test_old_gradients_and_second_call(student):
    """An old .grad of x or v plays no part, and a second call gives the same answer.

    x、v 原有的 .grad 不影响结果；再调用一次，答案相同。
    """
    for arguments in (plain(), with_history()):
        for answer in student.call_twice(CHAIN, *arguments):
            answer.must_equal(gradient(CHAIN, *plain()))


@pytest.mark.check("edges", points=0.25)
def test_arguments_stay(student):
    """The data, .grad and requires_grad of x and v stay, and the result carries no graph.

    x、v 的数据、.grad 和 requires_grad 都不变，结果不带计算图。
    """
    for arguments in (plain(), with_history()):
        answer = student.call(CHAIN, *arguments).must_equal(gradient(CHAIN, *plain()))
        answer.must_leave_arguments().must_carry_no_graph()


@pytest.mark.check("edges", points=0.25)
def test_calls(student):
    """Four blocks, then one more with a parameter of its own: each is recorded once, even if x and v require grad.

    四块，然后再加上自带参数的一块：每一块记录一次，x、v 要求梯度时也是如此。
    """
    for blocks in (CHAIN, [*CHAIN, LEARNED, SINE]):
        for arguments in (plain(), with_history()):
            ask(student, blocks, *arguments)
