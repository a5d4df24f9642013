# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges backprop_chain."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, nonzero, oracle, pick, probe, quarters, tensors


def step(value, pulled):
    """A step that hides its graph, and its vjp."""
    return Snippet(f"lambda x: ({value}).detach()"), Snippet(f"lambda x, g: {pulled}")


SQUARE = step("x**2", "2 * x * g")
CUBE = step("x**3", "3 * x**2 * g")
MIRROR = step("x * x.flip(0)", "x.flip(0) * (g + g.flip(0))")
SHIFT = step("x + 1", "g")
TOTAL = step("x.sum(dim=0, keepdim=True)", "g * torch.ones_like(x)")
CONSTANT = step("x.new_tensor([2.0, -1.0])", "torch.zeros_like(x)")


def product(matrix):
    """The step x -> matrix @ x."""
    written = f"x.new_tensor({matrix})"
    return step(f"{written} @ x", f"{written}.T @ g")


def scaled(factor):
    return step(f"{factor} * x", f"{factor} * g")


@oracle
def gradients(steps, x, v):
    """One weighted gradient for each stage, by autograd on the undisguised steps."""
    stages = [x.detach().clone().requires_grad_()]
    for f, _ in steps:
        stages.append(Snippet(f.source.replace(".detach()", ""))(stages[-1]))
    return list(torch.autograd.grad(stages[-1], stages, v.detach()))


def double(values):
    return torch.tensor(values, dtype=torch.float64)


CHAIN = [CUBE, product([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]]), MIRROR]


def plain():
    """The input of the chain, and weights of its result."""
    return double([0.5, -1.0, 1.5]), double([2.0, -0.75])


def with_history():
    """The same, requiring grad and with old gradients."""
    x, v = plain()
    for index, tensor in enumerate((x, v)):
        tensor.requires_grad_()
        tensor.grad = torch.full_like(tensor, 10.0 + index).detach()
    return x, v


some = quarters(-2, 2)


@st.composite
def changing_chains(draw):
    """Two to five steps, of which at least one changes the shape."""
    size = draw(st.integers(2, 3))
    x, steps = draw(tensors((size,), elements=some)), [draw(st.sampled_from([SQUARE, CUBE]))]
    for _ in range(draw(st.integers(1, 2))):
        outputs = draw(st.sampled_from([each for each in (2, 3, 4) if each != size]))
        steps.append(product([[draw(nonzero()) for _ in range(size)] for _ in range(outputs)]))
        size = outputs
    steps += draw(st.sampled_from([[], [SQUARE], [MIRROR], [MIRROR, TOTAL]]))
    return steps, x, draw(tensors((1 if TOTAL in steps else size,), elements=some))


@st.composite
def even_chains(draw):
    """One to four steps that keep the shape; a step may occur twice."""
    size = draw(st.integers(2, 3))
    kinds = st.sampled_from([SQUARE, MIRROR, SHIFT, scaled(draw(pick(some, 1))), scaled(draw(pick(some, 2)))])
    count = draw(st.integers(1, 4))
    steps = [draw(kinds) for _ in range(count)]
    return steps, draw(tensors((size,), elements=some)), draw(tensors((size,), elements=some))


@pytest.mark.check("documented", points=1, covers=["d4-o10"])
def test_document_chain(student):
    """The chain of two doublings, z = 2 (2 x), at x = (1, 1, 1) with v = (0.1, 1, 0.0001); then z = -3 (2 x).

    连续两次乘以 2 的链 z = 2 (2 x)，在 x = (1, 1, 1) 处取 v = (0.1, 1, 0.0001)；然后是 z = -3 (2 x)。
    """
    v = torch.tensor([0.1, 1.0, 0.0001])
    student.call([scaled(2), scaled(2)], torch.ones(3), v).must_equal([torch.tensor([0.4, 4.0, 0.0004]), 2 * v, v])
    student.call([scaled(2), scaled(-3)], torch.ones(3), v).must_equal([-6 * v, -3 * v, v])


@pytest.mark.check("probes", points=1)
@probe(changing_chains(), examples=12)
def test_steps_that_change_the_shape(student, case):
    """Two to five steps, some of which change the shape.

    两到五步，其中有的会改变形状。
    """
    student.call(*case).must_equal(gradients(*case))


@pytest.mark.check("probes", points=1)
@probe(even_chains(), examples=12)
def test_steps_that_keep_the_shape(student, case):
    """One to four steps that keep the shape, where any order fits; a step may occur twice.

    一到四步，形状不变，什么顺序都对得上；同一步可能出现两次。
    """
    student.call(*case).must_equal(gradients(*case))


@pytest.mark.check("edges", points=0.125)
def test_no_step(student):
    """No step at all, and a single one.

    一步也没有，以及只有一步。
    """
    x, v = double([0.5, -1.5]), double([2.0, 0.75])
    student.call([], x, v).must_equal([v])
    student.call([SQUARE], x, v).must_equal([2 * x * v, v])


@pytest.mark.check("edges", points=0.125)
def test_step_that_ignores_its_input(student):
    """A step that ignores its input: everything before it has the gradient 0, what comes after it has not.

    有一步不理会自己的输入：它之前的梯度全为 0，它之后的不是。
    """
    x, v = double([0.5, -1.0, 1.5]), double([3.0, -0.5])
    zeros = torch.zeros(3, dtype=torch.float64)
    student.call([SQUARE, CONSTANT, CUBE], x, v).must_equal([zeros, zeros, double([12.0, 3.0]) * v, v])


@pytest.mark.check("edges", points=0.125)
def test_matrices(student):
    """An x of shape (2, 3), and steps that lead to (3, 3) and to (1, 3).

    形状为 (2, 3) 的 x，各步依次得到 (3, 3) 和 (1, 3)。
    """
    steps = [SQUARE, product([[1.0, -0.5], [2.0, 0.0], [-1.0, 3.0]]), TOTAL]
    x, v = double([[0.5, -1.0, 1.5], [2.0, 0.25, -0.75]]), double([[1.0, -2.0, 0.5]])
    student.call(steps, x, v).must_equal(gradients(steps, x, v))


def watched_steps(namespace, steps, x, v):
    """Call the function; tell how often it called each part of each step, with which inputs, and what it gave."""
    calls, inputs = [], {}

    def watch(k, f, vjp):
        def watched_vjp(value, g):
            calls.append(f"vjp {k}")
            inputs[k] = value.detach().clone()
            return vjp(value, g)

        return lambda value: (calls.append(f"f {k}"), f(value))[1], watched_vjp

    numbers = range(len(steps))
    result = namespace["backprop_chain"]([watch(k, *steps[k]) for k in numbers], x, v)
    return {
        "calls of each vjp": [calls.count(f"vjp {k}") for k in numbers],
        "no f called twice": all(calls.count(f"f {k}") <= 1 for k in numbers),
        "inputs of the vjps": [inputs.get(k) for k in numbers],
        "result": result,
    }


@pytest.mark.check("edges", points=0.125)
def test_calls(student):
    """Each vjp is called once, with the input of its own step, and no f more than once.

    每个 vjp 恰好调用一次，传给它的是自己那一步的输入；每个 f 最多调用一次。
    """
    x, v = plain()
    middle = torch.stack([x[0] ** 3 - 2 * x[1] ** 3 + 0.5 * x[2] ** 3, 3 * x[1] ** 3 + x[2] ** 3])
    expected = {
        "calls of each vjp": [1, 1, 1],
        "no f called twice": True,
        "inputs of the vjps": [x, x**3, middle],
        "result": gradients(CHAIN, x, v),
    }
    student.observe(watched_steps, CHAIN, x, v).must_equal(expected)


@pytest.mark.check("edges", points=0.125)
def test_old_grads_and_second_call(student):
    """An old .grad of x or v plays no part, and a second call gives the same answer.

    x、v 原有的 .grad 不影响结果；再调用一次，答案相同。
    """
    for arguments in (plain(), with_history()):
        for answer in student.call_twice(CHAIN, *arguments):
            answer.must_equal(gradients(CHAIN, *plain()))


@pytest.mark.check("edges", points=0.125)
def test_arguments_stay(student):
    """The data, .grad and requires_grad of x and v are left as they were.

    x、v 的数据、.grad 和 requires_grad 都保持原样。
    """
    for arguments in (plain(), with_history()):
        student.call(CHAIN, *arguments).must_equal(gradients(CHAIN, *plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_results_carry_no_graph(student):
    """The gradients are plain numbers, even if x and v require grad.

    即使 x、v 要求梯度，各梯度也只是数值，不带计算图。
    """
    for arguments in (plain(), with_history()):
        student.call(CHAIN, *arguments).must_equal(gradients(CHAIN, *plain())).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_results_have_memory_of_their_own(student):
    """The gradients share no memory with x, v or each other, although the vjp of x + 1 returns the g it is given.

    各梯度不与 x、v 共享内存，彼此之间也不共享，尽管 x + 1 的 vjp 会原样返回传给它的 g。
    """
    for arguments in (plain(), with_history()):
        steps = [SHIFT, *CHAIN, SHIFT]
        student.call(steps, *arguments).must_equal(gradients(steps, *plain())).must_own_its_storage()
