# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges check_gradient. Each check needs both answers, so that neither alone earns anything."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, nonzero, oracle, probe, quarters, sum_of, tensors

DOCUMENT = Snippet("lambda x: torch.stack([x[0] ** 2 + 3 * x[1], x[1] ** 2 + 2 * x[0]])")
DOCUMENT_DETACHED = Snippet("lambda x: torch.stack([x[0] * x[0].detach() + 3 * x[1], x[1] ** 2 + 2 * x[0]])")
CUBES = Snippet("lambda x: torch.stack([x[0] ** 2 * x[1], x[1] ** 3, x[0] * x[2]])")
CUBES_DETACHED = Snippet("lambda x: torch.stack([x[0] ** 2 * x[1], x[1] ** 2 * x[1].detach(), x[0] * x[2]])")
CUBES_NEARLY = Snippet(
    "lambda x: torch.stack([x[0] ** 2 * x[1], x[1] ** 3 + 0.001 * (x[1] ** 3 - (x[1] ** 3).detach()), x[0] * x[2]])"
)
RELU = Snippet("lambda x: torch.relu(x) * x[0]")
NUMBER = Snippet("lambda x: x**3 - 2 * x")
NUMBER_DETACHED = Snippet("lambda x: x**2 * x.detach() - 2 * x")
STEP = 1e-5
TOLERANCE = 1e-6

some = quarters()


@oracle
def agrees(f, x):
    """Whether autograd's Jacobian in float64 agrees with central difference quotients, column by column."""
    at = x.detach().double()
    found = torch.autograd.functional.jacobian(f, at).reshape(-1, at.numel())
    for j in range(at.numel()):
        step = torch.zeros_like(at)
        step.view(-1)[j] = STEP
        quotient = (f(at + step) - f(at - step)).flatten() / (2 * STEP)
        if ((found[:, j] - quotient).abs() > TOLERANCE * (1 + quotient.abs())).any():
            return False
    return True


def plain():
    return torch.tensor([1.25, -0.75, 2.5])


def with_old_grad():
    """A point that already requires a gradient and already has one."""
    x = plain().requires_grad_()
    x.grad = torch.tensor([100.0, -10.0, 7.5])
    return x


def both_ways(student, right, wrong, x):
    """Ask about a function with the right gradient and about one with a wrong gradient."""
    for f in (right, wrong):
        student.call(f, x).must_equal(agrees(f, x))


DISGUISES = ("x[{}].detach()", "x[{}].data", "(x[{0}] + (x[{0}].round() - x[{0}]).detach())")


@st.composite
def pairs(draw, outputs, disguises):
    """A map, the same with one factor that autograd does not see as it is, and a point in float32."""
    inputs = draw(st.integers(2, 4))
    broken = draw(st.integers(0, outputs - 1))
    right, wrong = [], []
    for i in range(outputs):
        first, second = draw(st.permutations(range(inputs)))[:2]
        square = draw(st.integers(0, inputs - 1))
        terms = [(draw(nonzero()), f"x[{square}] ** 2"), (draw(nonzero()), f"x[{first}] * x[{second}]")]
        hidden = f"x[{first}] * " + draw(st.sampled_from(disguises)).format(second)
        right.append(sum_of(terms))
        wrong.append(sum_of([terms[0], (terms[1][0], hidden)]) if i == broken else right[-1])
    maps = [Snippet(f"lambda x: torch.stack([{', '.join(rows)}])") for rows in (right, wrong)]
    return *maps, draw(tensors((inputs,), elements=some, dtype=torch.float32))


@pytest.mark.check("documented", points=0.75)
def test_document_map(student):
    """The map y = (x0² + 3 x1, x1² + 2 x0), as it is, and with one factor x0 detached.

    映射 y = (x0² + 3 x1, x1² + 2 x0)：先是原样，再把其中一个因子 x0 做 detach。
    """
    both_ways(student, DOCUMENT, DOCUMENT_DETACHED, torch.tensor([2.0, 3.0]))


@pytest.mark.check("probes", points=0.75)
@probe(pairs(1, DISGUISES[:2]), examples=8)
def test_one_output(student, case):
    """One output, with and without a factor that autograd takes for a constant.

    一个输出：有的有一个因子被自动求导当作常数，有的没有。
    """
    both_ways(student, *case)


@pytest.mark.check("probes", points=0.75)
@probe(st.integers(2, 3).flatmap(lambda outputs: pairs(outputs, DISGUISES)), examples=8)
def test_several_outputs(student, case):
    """Several outputs, with and without a mistake in one of them: a detached factor or a rounded one.

    多个输出：有的在其中一个里藏着错误（被 detach 的因子或被取整的因子），有的没有。
    """
    both_ways(student, *case)


@pytest.mark.check("edges", points=0.125)
def test_kink(student):
    """Relu beside its kink, and exactly at it.

    relu：在折点旁边，以及恰好在折点处。
    """
    student.call(RELU, torch.tensor([1.5, -2.0, 0.5])).must_equal(expected=True)
    student.call(RELU, torch.tensor([1.5, 0.0, 0.5])).must_equal(expected=False)


@pytest.mark.check("edges", points=0.125)
def test_one_part_in_a_thousand(student):
    """A right gradient, and one that is off by one part in a thousand in a single entry.

    一个正确的梯度，以及一个只在单个元素上偏差千分之一的梯度。
    """
    both_ways(student, CUBES, CUBES_NEARLY, plain())


@pytest.mark.check("edges", points=0.125)
def test_single_number(student):
    """A number as x and as f(x), both 0-d.

    x 和 f(x) 都是零维的数。
    """
    both_ways(student, NUMBER, NUMBER_DETACHED, torch.tensor(1.5))


def dtypes_seen(namespace, x):
    """Call the function on two maps; tell whether they were given float64 alone, and the answers."""
    seen = []

    def right(x):
        seen.append(x.dtype)
        return x**3 - x.sum()

    def wrong(x):
        seen.append(x.dtype)
        return x**2 * x.detach() - x.sum()

    answers = [namespace["check_gradient"](f, x) for f in (right, wrong)]
    return {"float64 alone": all(dtype is torch.float64 for dtype in seen), "answers": answers}


@pytest.mark.check("edges", points=0.125)
def test_float64(student):
    """An x in float32: f is called with float64 tensors only.

    x 是 float32，而调用 f 时只用 float64 张量。
    """
    student.observe(dtypes_seen, plain()).must_equal({"float64 alone": True, "answers": [True, False]})


@pytest.mark.check("edges", points=0.125)
def test_old_grad_and_second_call(student):
    """An old .grad of x does not matter, and a second call gives the same answer.

    x 原有的 .grad 没有影响；再调用一次，答案相同。
    """
    for x in (plain(), with_old_grad()):
        for f in (CUBES, CUBES_DETACHED):
            for answer in student.call_twice(f, x):
                answer.must_equal(agrees(f, x))


@pytest.mark.check("edges", points=0.125)
def test_argument_stays(student):
    """The data, .grad and requires_grad of x are left as they were, in float32 and in float64.

    无论 float32 还是 float64，x 的数据、.grad 和 requires_grad 都保持原样。
    """
    for x in (plain(), with_old_grad(), plain().double()):
        for f in (CUBES, CUBES_DETACHED):
            student.call(f, x).must_equal(agrees(f, x)).must_leave_arguments()
