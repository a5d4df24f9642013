# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges fixed_point_grad."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

LINE = Snippet("lambda w, z: w * z / 2 + 1")
WITHOUT_Z = Snippet("lambda w, z: w**2")
WITHOUT_W = Snippet("lambda w, z: z / 2 + 1")
PULL = Snippet("lambda w, z: torch.stack([z[1] / 4 + w[0], torch.tanh(z[0] / 2) * w[1]])")
ENOUGH = 500

shares = (0.5, -0.25, 0.75, 1.0, -0.5, 0.25, -1.0)
numbers = quarters(-1, 1)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


@oracle
def gradient(step, w, z0, v):
    """The oracle: the limit by 500 repetitions, and the system with I - dstep/dz solved with whole Jacobians."""
    w, z, v = w.detach(), z0.detach(), v.detach()
    for _ in range(ENOUGH):
        z = step(w, z)
    by_w, by_z = jacobian(step, (w, z))
    n = z.numel()
    u = torch.linalg.solve(torch.eye(n, dtype=z.dtype) - by_z.reshape(n, n).T, v.reshape(n))
    return (u @ by_w.reshape(n, -1)).reshape(w.shape)


def text_of(matrix):
    """A matrix as it is written in the source of a step."""
    return f"torch.tensor({matrix.tolist()}, dtype=torch.float64)"


@st.composite
def cases(draw, form):
    """A contraction with an asymmetric matrix, w in another shape than z, a start and weights."""
    n, m = draw(pick((2, 3, 4), 0)), draw(pick((3, 2, 1), 0))
    matrix = draw(tensors((n, n), elements=shares)) / (2 * n)
    inside = draw(tensors((n, m), elements=shares, start=2))
    step = Snippet(f"lambda w, z: {form.format(matrix=text_of(matrix), inside=text_of(inside))}")
    w, z0 = draw(tensors((m,), elements=numbers)), draw(tensors((n,), elements=numbers, start=1))
    return step, w, z0, draw(tensors((n,), elements=quarters(), start=1))


def plain():
    """Arguments for PULL that ask for no gradient."""
    return double([0.5, -0.75]), double([1.0, 2.0]), double([3.0, -2.0])


def used():
    """The same with requires_grad and an old .grad each."""
    arguments = plain()
    for number, each in enumerate(arguments):
        each.requires_grad_()
        each.grad = torch.full_like(each, 10.0 - 3 * number).detach()
    return arguments


def recorded(namespace, step, w, near, far, v):  # noqa: PLR0913, PLR0917 - two starts beside the function's own arguments
    """Report the gradients from a near and a far start, and whether more than two calls of step were recorded."""
    found = {}
    for name, start in (("near", near), ("far", far)):
        calls = []

        def step_watched(at_w, z, calls=calls):
            result = step(at_w, z)
            calls.append(result.requires_grad)
            return result

        gradient_found = namespace["fixed_point_grad"](step_watched, w, start, v)
        found[name] = {"gradient": gradient_found, "at most two recorded": sum(calls) <= 2}
    return found


@pytest.mark.check("documented", points=1.5)
def test_worked_example(student):
    """The example of the README, for several w, starts and weights.

    README 中的例子，取几个不同的 w、起点和权重。
    """
    for w, z0, v in ((1.0, 0.0, 1.0), (1.0, 5.0, -3.0), (0.5, 0.0, 1.0), (-1.0, 0.0, 2.0)):
        expected = torch.tensor(v / 2 / (1 - w / 2) ** 2)
        student.call(LINE, torch.tensor(w), torch.tensor(z0), torch.tensor(v)).must_equal(expected)


@pytest.mark.check("probes", points=1.5)
@probe(cases("{matrix} @ z + {inside} @ w"), examples=12)
def test_linear_steps(student, case):
    """Linear steps with an asymmetric matrix.

    线性的 step，矩阵非对称。
    """
    student.call(*case).must_equal(gradient(*case))


@pytest.mark.check("probes", points=1.5)
@probe(cases("torch.tanh({matrix} @ z + {inside} @ w)"), examples=12)
def test_steps_with_tanh(student, case):
    """Steps with tanh, an asymmetric matrix, and w in another shape than z.

    带 tanh 的 step，矩阵非对称，w 与 z 形状不同。
    """
    student.call(*case).must_equal(gradient(*case))


@pytest.mark.check("edges", points=0.5)
def test_where_it_starts(student):
    """A start that is the fixed point already, and one that is far off: the same gradient.

    起点已经是不动点，以及起点很远：梯度相同。
    """
    w, _, v = plain()
    limit = double([0.0, 0.0])
    for _ in range(ENOUGH):
        limit = PULL(w, limit)
    for z0 in (limit, double([3000.0, -800.0])):
        student.call(PULL, w, z0, v).must_equal(gradient(PULL, w, double([0.0, 0.0]), v))


@pytest.mark.check("edges", points=0.25)
def test_steps_that_ignore_an_argument(student):
    """A step that ignores z, and one that ignores w.

    不用 z 的 step，以及不用 w 的 step。
    """
    w, z0, v = plain()
    student.call(WITHOUT_Z, w, z0, v).must_equal(2 * w * v)
    student.call(WITHOUT_W, w, z0, v).must_equal(torch.zeros_like(w))


@pytest.mark.check("edges", points=0.25)
def test_old_grads_do_not_count(student):
    """Arguments that require grad and hold an old .grad give the same, in a second call too.

    要求梯度、带着旧 .grad 的参数得到同样的结果，再调用一次也一样。
    """
    for answer in student.call_twice(PULL, *used()):
        answer.must_equal(gradient(PULL, *plain()))


@pytest.mark.check("edges", points=0.25)
def test_arguments_and_result(student):
    """The arguments are left as they were, and the result carries no graph and has memory of its own.

    各参数保持原样，结果不带计算图，占用自己的内存。
    """
    for arguments in (plain(), used()):
        answer = student.call(PULL, *arguments).must_equal(gradient(PULL, *plain()))
        answer.must_leave_arguments().must_carry_no_graph().must_own_its_storage()


@pytest.mark.check("edges", points=0.25)
def test_recorded_calls(student):
    """From a near and from a far start, at most two calls of step are recorded.

    无论起点近还是远，被记录的 step 调用最多两次。
    """
    w, near, v = used()
    seen = {"gradient": gradient(PULL, *plain()), "at most two recorded": True}
    far = double([3000.0, -800.0])
    student.observe(recorded, PULL, w, near, far, v).must_equal({"near": seen, "far": seen})
