# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges chain_of_jacobians."""

from itertools import pairwise

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, nonzero, oracle, probe, quarters, tensors

LAYOUTS = ("numerator", "denominator")


def step(value, derivative, layout):
    """A step that hides its graph; `derivative` is written with outputs in rows."""
    whole = derivative if derivative.endswith("])") else f"({derivative})"
    turned = f"{whole}.T" if layout == "denominator" else derivative
    return Snippet(f"lambda x: ({value}).detach()"), Snippet(f"lambda x: {turned}")


def power(matrix, exponent, layout):
    """The step x -> matrix @ x ** exponent."""
    written = f"x.new_tensor({matrix})"
    if exponent == 1:
        return step(f"{written} @ x", written, layout)
    return step(f"{written} @ x**{exponent}", f"{exponent} * {written} * x**{exponent - 1}".replace("**1", ""), layout)


def scaled(factor, layout):
    return step(f"{factor} * x", f"{factor} * torch.eye(len(x), dtype=x.dtype)", layout)


def document(layout):
    """The map y = (x0² + 3 x1, x1² + 2 x0)."""
    rows = "torch.stack([2 * x[0], 0 * x[1] + 3]), torch.stack([0 * x[0] + 2, 2 * x[1]])"
    return step("torch.stack([x[0] ** 2 + 3 * x[1], x[1] ** 2 + 2 * x[0]])", f"torch.stack([{rows}])", layout)


def half_square(layout):
    """Half the sum of squares, whose derivative is x itself: a view of it."""
    place = "x[None, :]" if layout == "numerator" else "x[:, None]"
    return Snippet("lambda x: (x @ x / 2)[None].detach()"), Snippet(f"lambda x: {place}")


@oracle
def derivative(steps, x, layout):
    """The Jacobian of the composition of the undisguised maps, by torch."""
    maps = [Snippet(f.source.replace(".detach()", "")) for f, _ in steps]

    def composed(point):
        for each in maps:
            point = each(point)
        return point

    found = jacobian(composed, x.detach())
    return found if layout == "numerator" else found.T


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def two_steps(layout):
    """From three entries to two, and on to three."""
    first = power([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]], 2, layout)
    return [first, power([[1.0, 1.0], [-1.0, 0.5], [2.0, 0.0]], 2, layout)]


def plain():
    return double([0.5, -1.0, 1.5])


def with_old_grad():
    """A point that already requires a gradient and already has one."""
    x = plain().requires_grad_()
    x.grad = double([100.0, -10.0, 7.5])
    return x


some = quarters(-1.5, 1.5)


@st.composite
def chains(draw, sizes):
    """Steps between spaces whose dimensions `sizes` draws, a point and a layout."""
    dimensions, layout = draw(sizes), draw(st.sampled_from(LAYOUTS))
    steps = []
    for inputs, outputs in pairwise(dimensions):
        matrix = [[draw(nonzero()) for _ in range(inputs)] for _ in range(outputs)]
        steps.append(power(matrix, draw(st.sampled_from([2, 1, 3] if not steps else [2, 1])), layout))
    return steps, draw(tensors((dimensions[0],), elements=some)), layout


unlike = st.sampled_from([(2, 3, 4), (4, 2, 3), (3, 2, 4, 2), (2, 4, 3), (3, 4, 2, 3), (4, 3, 2, 4, 3)])
square = st.sampled_from([(2, 2, 2), (3, 3, 3), (2, 2, 2, 2)])


@pytest.mark.check("documented", points=0.5)
def test_document_chain(student):
    """The chain of two doublings, z = 2 (2 x), with inputs in rows and with outputs in rows; then -3 (2 x).

    连续两次乘以 2 的链 z = 2 (2 x)，先让每行对应一个输入，再让每行对应一个输出；然后是 -3 (2 x)。
    """
    for layout in reversed(LAYOUTS):
        for factor in (2, -3):
            steps = [scaled(2, layout), scaled(factor, layout)]
            student.call(steps, torch.ones(3), layout).must_equal(2.0 * factor * torch.eye(3))


@pytest.mark.check("documented", points=0.5, covers=["d2-o2"])
def test_document_map(student):
    """The map y = (x0² + 3 x1, x1² + 2 x0), at (2, 3), in both layouts, alone and after a doubling.

    映射 y = (x0² + 3 x1, x1² + 2 x0)，在点 (2, 3) 处，两种布局都试：先是单独一步，再放在乘以 2 之后。
    """
    expected = torch.tensor([[4.0, 3.0], [2.0, 6.0]])
    student.call([document("numerator")], torch.tensor([2.0, 3.0]), "numerator").must_equal(expected)
    student.call([document("denominator")], torch.tensor([2.0, 3.0]), "denominator").must_equal(expected.T)
    steps = [scaled(2, "denominator"), document("denominator")]
    student.call(steps, torch.tensor([1.0, 1.5]), "denominator").must_equal(2 * expected.T)


@pytest.mark.check("probes", points=1)
@probe(chains(unlike), examples=12)
def test_spaces_of_unlike_dimensions(student, case):
    """Two to four steps between spaces of dimension 2, 3 and 4.

    两到四步，在 2 维、3 维、4 维空间之间。
    """
    student.call(*case).must_equal(derivative(*case))


@pytest.mark.check("probes", points=1)
@probe(chains(square), examples=12)
def test_square_factors(student, case):
    """Square matrices alone, where any order can be multiplied.

    全是方阵，按任何顺序都能相乘。
    """
    student.call(*case).must_equal(derivative(*case))


@pytest.mark.check("edges", points=0.125)
def test_one_step(student):
    """A chain of one step.

    只有一步的链。
    """
    for layout in LAYOUTS:
        student.call(two_steps(layout)[:1], plain(), layout).must_equal(
            derivative(two_steps(layout)[:1], plain(), layout)
        )


@pytest.mark.check("edges", points=0.125)
def test_last_step_to_one_number(student):
    """The last step gives a single number: the shape is (1, n) or (n, 1).

    最后一步只给出一个数：形状为 (1, n) 或 (n, 1)。
    """
    for layout in LAYOUTS:
        steps = [*two_steps(layout), half_square(layout)]
        student.call(steps, plain(), layout).must_equal(derivative(steps, plain(), layout))


@pytest.mark.check("edges", points=0.125)
def test_constant_jacobian(student):
    """A linear step, whose Jacobian is the same everywhere, between two others.

    中间有一步是线性的，它的雅可比矩阵处处相同。
    """
    for layout in LAYOUTS:
        first, last = two_steps(layout)
        steps = [first, power([[0.0, 2.0], [-1.0, 0.5]], 1, layout), last]
        student.call(steps, plain(), layout).must_equal(derivative(steps, plain(), layout))


def counted_steps(namespace, steps, x, layout):
    """Call the function; tell how often it called each part of each step, and what it gave."""
    calls = []

    def watched(name, function):
        return lambda point: (calls.append(name), function(point))[1]

    watching = [(watched(f"f {k}", f), watched(f"jac {k}", jac)) for k, (f, jac) in enumerate(steps)]
    result = namespace["chain_of_jacobians"](watching, x, layout)
    return {
        "calls of each jac": [calls.count(f"jac {k}") for k in range(len(steps))],
        "no f called twice": all(calls.count(f"f {k}") <= 1 for k in range(len(steps))),
        "result": result,
    }


@pytest.mark.check("edges", points=0.125)
def test_calls(student):
    """Each jac is called once, and no f more than once.

    每个 jac 恰好调用一次，每个 f 最多调用一次。
    """
    for layout in LAYOUTS:
        steps = [*two_steps(layout), half_square(layout)]
        expected = {"calls of each jac": [1, 1, 1], "no f called twice": True}
        answer = student.observe(counted_steps, steps, plain(), layout)
        answer.must_equal(expected | {"result": derivative(steps, plain(), layout)})


@pytest.mark.check("edges", points=0.125)
def test_old_grad_and_second_call(student):
    """An old .grad of x plays no part, and a second call gives the same answer.

    x 原有的 .grad 不影响结果；再调用一次，答案相同。
    """
    for x in (plain(), with_old_grad()):
        for answer in student.call_twice(two_steps("numerator"), x, "numerator"):
            answer.must_equal(derivative(two_steps("numerator"), plain(), "numerator"))


@pytest.mark.check("edges", points=0.125)
def test_argument_stays(student):
    """The data, .grad and requires_grad of x are left as they were.

    x 的数据、.grad 和 requires_grad 都保持原样。
    """
    for x in (plain(), with_old_grad()):
        answer = student.call(two_steps("denominator"), x, "denominator")
        answer.must_equal(derivative(two_steps("denominator"), plain(), "denominator")).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_carries_no_graph(student):
    """The result is plain numbers, even if x requires grad.

    即使 x 要求梯度，结果也只是数值，不带计算图。
    """
    for x in (plain(), with_old_grad()):
        answer = student.call(two_steps("numerator"), x, "numerator")
        answer.must_equal(derivative(two_steps("numerator"), plain(), "numerator")).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_result_has_memory_of_its_own(student):
    """The result shares no memory with x, not even where the only jac returns a view of x.

    结果不与 x 共享内存，即使唯一的 jac 返回的是 x 的视图也不例外。
    """
    for layout in LAYOUTS:
        for steps in ([half_square(layout)], two_steps(layout)):
            answer = student.call(steps, plain(), layout).must_equal(derivative(steps, plain(), layout))
            answer.must_own_its_storage()
