# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges scaled_step. Random cases are in float32, where clip_grad_norm_'s own 1e-6 does not show."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

SQUARE = Snippet("lambda p: p[0] ** 2")
HALF_OF_SQUARES = Snippet("lambda p: (p[0] ** 2).sum() / 2 + (p[1] ** 2).sum() / 2")
INFINITE_SLOPE = Snippet("lambda p: (p[0] - 3).sqrt().sum() + p[1].sum()")
COUPLED = Snippet("lambda p: (p[0] @ p[1]).square().sum() + p[1].sum()")
UNUSED = Snippet("lambda p: (p[0] ** 2).sum() + 2 * p[2]")
FLAT = Snippet("lambda p: ((p[0] - 1) ** 2).sum() + 0 * p[1].sum()")
NAN = Snippet("lambda p: p[0].sum() + (p[1] ** 2).sum().sqrt()")
TINY = Snippet(f"lambda p: (p[0] * {2.0**-26}).sum()")
FOURFOLD = Snippet("lambda p: 4 * p[0].sum()")

TERMS = (
    "({a} * p[{i}]).sum()",
    "{a} * (p[{i}] ** 2).sum()",
    "{a} * p[{i}].sum() * p[{j}].sum()",
    "({a} * p[{i}]).sin().sum()",
)
SHAPES = ((2,), (2, 3), (), (4,), (1, 2))

numbers = quarters(-2, 2)


def single(values):
    return torch.tensor(values, dtype=torch.float32)


def half(values):
    return torch.tensor(values, dtype=torch.float16)


def plain():
    """Two parameters that ask for no gradient."""
    return [single([0.5, -2.0]), single([[1.0, -0.5, 0.25], [0.75, 1.5, -1.0]])]


def used():
    """Two parameters that require grad and hold an old gradient each."""
    params = plain()
    for number, p in enumerate(params):
        p.requires_grad_()
        p.grad = torch.full_like(p, 10.0 - 4 * number).detach()
    return params


@oracle
def gradients(loss, params):
    """The true gradients, in float64."""
    leaves = [p.detach().double().requires_grad_() for p in params]
    return list(torch.autograd.grad(loss(leaves), leaves, materialize_grads=True))


def norm_of(found):
    """The norm of all gradients together."""
    return torch.cat([each.flatten() for each in found]).norm().item()


def stepped(loss, params, lr, max_norm):
    """The parameters after the step, in their own dtypes, and that it was taken."""
    found = gradients(loss, params)
    norm = norm_of(found)
    factor = max_norm / norm if norm > max_norm else 1.0
    return [(p.double() - lr * factor * g).to(p.dtype) for p, g in zip(params, found, strict=True)], True


def ask(student, case):
    """Compare the step of one random case."""
    loss, params, lr, scale, max_norm = case
    student.call(loss, params, lr, scale, max_norm).must_equal(stepped(loss, params, lr, max_norm))


@st.composite
def cases(draw, share):
    """A loss of two to four parameters, and a limit that is the norm of the gradients times `share`."""
    shapes = draw(st.permutations(SHAPES))[: draw(pick((2, 3, 4), 0))]
    params = [draw(tensors(s, elements=numbers, dtype=torch.float32, start=n)) for n, s in enumerate(shapes)]
    terms = [
        draw(st.sampled_from(TERMS)).format(a=draw(pick((2, 3, 1.5, 0.5, -2), i)), i=i, j=(i + 1) % len(params))
        for i in range(len(params))
    ]
    loss = Snippet(f"lambda p: {' + '.join(terms)}")
    limit = max(0.125, round(draw(st.sampled_from(share)) * norm_of(gradients(loss, params)) * 8) / 8)
    return loss, params, draw(st.sampled_from([0.5, 0.25, 0.1])), 2.0 ** draw(st.integers(0, 16)), limit


def counted(namespace, loss, params, lr, scale, max_norm):  # noqa: PLR0913, PLR0917 - the exercise has five
    """Report the new parameters and how often loss was called."""
    calls = []

    def loss_counted(at):
        calls.append(1)
        return loss(at)

    new, moved = namespace["scaled_step"](loss_counted, params, lr, scale, max_norm)
    return {"new_params": new, "moved": moved, "calls_of_loss": len(calls)}


@pytest.mark.check("documented", points=0.75)
def test_first_step_on_the_square(student):
    """One step on the square of a number without clipping, with several scales and starts.

    对一个数的平方走一步，不裁剪，取不同的 scale 和起点。
    """
    for scale, start, end in ((1.0, 1.0, 0.8), (1024.0, 1.0, 0.8), (16.0, -2.0, -1.6)):
        student.call(SQUARE, [single(start)], 0.1, scale, 100.0).must_equal(([single(end)], True))


@pytest.mark.check("documented", points=0.5)
def test_worked_example(student):
    """The example of the README: gradients 3 and 4, once clipped and once not.

    README 中的例子：梯度为 3 和 4，一次裁剪，一次不裁剪。
    """
    for max_norm, end in ((1.0, [[2.7], [3.6]]), (100.0, [[1.5], [2.0]])):
        params = [single([3.0]), single([4.0])]
        student.call(HALF_OF_SQUARES, params, 0.5, 1024.0, max_norm).must_equal(([*map(single, end)], True))


@pytest.mark.check("probes", points=1.25)
@probe(cases((0.1, 0.3, 0.5, 0.75)), examples=12)
def test_clipped_steps(student, case):
    """Two to four parameters of unlike shapes; the norm of the gradients exceeds the limit.

    两到四个形状不同的参数，梯度的范数超过限制。
    """
    ask(student, case)


@pytest.mark.check("probes", points=1.25)
@probe(cases((1.5, 2.0, 4.0)), examples=12)
def test_steps_below_the_limit(student, case):
    """Two to four parameters of unlike shapes; the norm of the gradients is below the limit.

    两到四个形状不同的参数，梯度的范数低于限制。
    """
    ask(student, case)


@pytest.mark.check("edges", points=0.25)
def test_gradients_that_are_not_finite(student):
    """An infinite slope and a slope that is nan: no parameter moves; then the same parameters with a finite slope.

    无穷大的斜率和 nan 的斜率：所有参数都不动；然后是同样的参数，斜率有限。
    """
    params = [single([3.0]), single([4.0])]
    student.call(INFINITE_SLOPE, params, 0.5, 1024.0, 1.0).must_equal((params, False))
    student.call(INFINITE_SLOPE, [single([4.0]), single([4.0])], 0.5, 4.0, 9.0).must_equal(
        ([single([3.75]), single([3.5])], True)
    )
    params = [single([3.0, 1.0]).requires_grad_(), single([0.0, 0.0]).requires_grad_()]
    answer = student.call(NAN, params, 0.5, 8.0, 100.0).must_equal((params, False))
    answer.must_own_its_storage().must_carry_no_graph()


@pytest.mark.check("edges", points=0.25)
def test_half_precision(student):
    """In float16: a true gradient too small for it, a scaled one too large for it, and the latter with less scale.

    float16：真实的梯度小到存不下；放大后的梯度大到存不下；后者换成较小的 scale。
    """
    student.call(TINY, [half([1.0, 3.0])], 2.0**24, 2.0**12, 1.0).must_equal(([half([0.75, 2.75])], True))
    student.call(FOURFOLD, [half([1.0, 3.0])], 0.125, 2.0**15, 100.0).must_equal(([half([1.0, 3.0])], False))
    student.call(FOURFOLD, [half([1.0, 3.0])], 0.125, 2.0**4, 100.0).must_equal(([half([0.5, 2.5])], True))


@pytest.mark.check("edges", points=0.25)
def test_parameters_that_stay(student):
    """A parameter that loss does not use, and gradients that are all zero, beside ones that are not.

    loss 没有用到的参数，以及全为零的梯度，同时也有不为零的情形。
    """
    params = [single([1.0, -2.0]), single([[5.0]]), single(0.5)]
    end = [single([0.5, -1.0]), single([[5.0]]), single(0.0)]
    student.call(UNUSED, params, 0.25, 64.0, 100.0).must_equal((end, True))
    for start, after in (([1.0, 2.0], [1.0, 1.0]), ([1.0, 1.0], [1.0, 1.0])):
        params = [single(start), single([2.0])]
        student.call(FLAT, params, 0.5, 64.0, 100.0).must_equal(([single(after), single([2.0])], True))


@pytest.mark.check("edges", points=0.25)
def test_params_stay_as_they_were(student):
    """Parameters with and without an old .grad give the same step and are left alone; the new ones carry no graph.

    参数有没有旧的 .grad，走的都是同一步，并且保持原样；新参数不带计算图。
    """
    for params in (plain(), used()):
        answer = student.call(COUPLED, params, 0.25, 256.0, 2.5).must_equal(stepped(COUPLED, plain(), 0.25, 2.5))
        answer.must_leave_arguments().must_carry_no_graph().must_own_its_storage()


@pytest.mark.check("edges", points=0.25)
def test_one_call(student):
    """One call of loss is enough.

    只调用一次 loss。
    """
    new, moved = stepped(COUPLED, plain(), 0.25, 2.5)
    seen = {"new_params": new, "moved": moved, "calls_of_loss": 1}
    student.observe(counted, COUPLED, plain(), 0.25, 256.0, 2.5).must_equal(seen)
