# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges Cube. A Function crosses no border, so observers transform it beside the student's code."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import hessian, jacobian

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

OUTER = ("{a} * y - y**2 / {b}", "torch.sin(y / {a}) * {b}", "y * y.flip(0) / {a}", "{a} * y.cumsum(0) - {b} * y")
ITSELF = Snippet("lambda y: y")
a_factor, b_factor = (pick((2, 3, 4, 0.5, 1.5), place) for place in range(2))
numbers = quarters(-2, 2)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def plain(namespace, x, v):
    """Report the value, and the gradient of its weighted sum by backward."""
    x = x.clone().requires_grad_()
    y = namespace["Cube"].apply(x)
    y.backward(v)
    return {"value": y.detach(), "gradient": x.grad}


def of_numbers(namespace, at, batch, direction):
    """Report the slope at a point, the slopes at a batch, and how the value moves in a direction."""
    cube = namespace["Cube"].apply
    slope = torch.func.grad(cube)(at)
    slopes = torch.func.vmap(torch.func.grad(cube))(batch)
    return [slope, slopes, *torch.func.jvp(cube, (at,), (direction,))]


def backward_modes(namespace, outer, x, v):
    """Report the gradient of a weighted sum, the Jacobian by rows, and the gradients of a batch."""
    cube = namespace["Cube"].apply

    def weighted(t):
        return (v * outer(cube(t))).sum()

    batch = torch.stack([x, 2 * x.flip(0), v])
    gradients = torch.func.vmap(torch.func.grad(weighted))(batch)
    return [torch.func.grad(weighted)(x), torch.func.jacrev(lambda t: outer(cube(t)))(x), gradients]


def forward_modes(namespace, outer, x, u):
    """Report value and movement in the direction u, the Jacobian by columns, and those of a batch."""
    cube = namespace["Cube"].apply

    def f(t):
        return outer(cube(t))

    batch = torch.stack([x, u, x - 2 * u])
    jacobians = torch.func.vmap(torch.func.jacfwd(f))(batch)
    return [*torch.func.jvp(f, (x,), (u,)), torch.func.jacfwd(f)(x), jacobians]


def batches(namespace, x):
    """Report the cube over either dimension of a matrix, over one row alone, and the slopes over columns."""
    cube = namespace["Cube"].apply
    slopes = torch.func.vmap(torch.func.grad(lambda t: cube(t).sum()), in_dims=1, out_dims=1)(x)
    vmap = torch.func.vmap
    return [vmap(cube)(x), vmap(cube, in_dims=1)(x), vmap(cube)(x[:1]), slopes]


def hessians(namespace, x, v):
    """Report the Hessian of a weighted sum by forward over reverse, and that by reverse over reverse."""
    cube = namespace["Cube"].apply

    def weighted(t):
        return (v * cube(t) * t.flip(0)).sum()

    return [torch.func.hessian(weighted)(x), torch.func.jacrev(torch.func.jacrev(weighted))(x)]


def checked(namespace, x):
    """Report the gradient of the sum of cubes, and what gradcheck says in both modes."""
    cube = namespace["Cube"].apply
    (gradient,) = torch.autograd.grad(cube(x).sum(), x)
    found = torch.autograd.gradcheck(
        cube, x, check_forward_ad=True, check_batched_grad=True, check_batched_forward_grad=True, raise_exception=False
    )
    return {"gradient": gradient, "gradcheck": found}


@oracle
def right_plain(x, v):
    """Value and gradient, by hand."""
    return {"value": x**3, "gradient": 3 * x**2 * v}


@oracle
def right_of_numbers(at, batch, direction):
    """Slopes, value and movement, by hand."""
    return [3 * at**2, 3 * batch**2, at**3, 3 * at**2 * direction]


@oracle
def right_backward_modes(outer, x, v):
    """By torch's own power and Jacobian."""

    def slopes(t):
        return jacobian(lambda s: (v * outer(s**3)).sum(), t)

    return [slopes(x), jacobian(lambda s: outer(s**3), x), torch.stack([slopes(t) for t in (x, 2 * x.flip(0), v)])]


@oracle
def right_forward_modes(outer, x, u):
    """By torch's own power and Jacobian."""

    def columns(t):
        return jacobian(lambda s: outer(s**3), t)

    return [outer(x**3), columns(x) @ u, columns(x), torch.stack([columns(t) for t in (x, u, x - 2 * u)])]


@oracle
def right_batches(x):
    """Cubes and slopes, by hand."""
    return [x**3, (x**3).T, x[:1] ** 3, 3 * x**2]


@oracle
def right_hessians(x, v):
    """By torch's own power and Hessian, twice."""
    return [hessian(lambda t: (v * t**3 * t.flip(0)).sum(), x)] * 2


RIGHT = {
    plain: right_plain,
    of_numbers: right_of_numbers,
    backward_modes: right_backward_modes,
    forward_modes: right_forward_modes,
    batches: right_batches,
    hessians: right_hessians,
}
"""What each observer must report."""


def ask(student, observer, *arguments):
    student.observe(observer, *arguments).must_equal(RIGHT[observer](*arguments))


@st.composite
def cases(draw):
    """A step behind the cube, a point and weights or a direction."""
    outer = draw(st.sampled_from(OUTER)).format(a=draw(a_factor), b=draw(b_factor))
    size = draw(st.integers(2, 3))
    x, v = draw(tensors((size,), elements=numbers)), draw(tensors((size,), elements=numbers, start=2))
    return Snippet(f"lambda y: {outer}"), x, v


@pytest.mark.check("documented", points=0.625)
def test_worked_example(student):
    """The example of the README, and the same transforms at other points.

    README 中的例子，以及同样的变换取别的点。
    """
    for at, batch, direction in ((2.0, [1.0, 2.0], 5.0), (-0.5, [3.0, -1.0], 2.0)):
        ask(student, of_numbers, double(at), double(batch), double(direction))


@pytest.mark.check("documented", points=0.625)
def test_document_cube(student):
    """The cube at 1, whose slope is 3, by grad and in the direction 1; then at -2.

    x^3 在 1 处，斜率为 3，用 grad 以及沿方向 1 求得；然后在 -2 处。
    """
    for at in (1.0, -2.0):
        ask(student, of_numbers, double(at), double([at, at + 1]), double(1.0))


@pytest.mark.check("probes", points=1.25)
@probe(cases(), examples=8)
def test_backward_modes(student, case):
    """grad, jacrev and vmap of grad, with steps behind the cube.

    grad、jacrev 以及 grad 的 vmap，立方之后还有别的步骤。
    """
    ask(student, backward_modes, *case)


@pytest.mark.check("probes", points=1.25)
@probe(cases(), examples=8)
def test_forward_modes(student, case):
    """jvp, jacfwd and vmap of jacfwd, with steps behind the cube.

    jvp、jacfwd 以及 jacfwd 的 vmap，立方之后还有别的步骤。
    """
    ask(student, forward_modes, *case)


@pytest.mark.check("edges", points=0.25)
def test_outside_of_transforms(student):
    """Value and gradient without any transform, for shapes () and (2, 3).

    不用任何变换时的值和梯度，形状为 () 和 (2, 3)。
    """
    ask(student, plain, double(1.5), double(-2.0))
    ask(student, plain, double([[0.5, -1.0, 2.0], [1.5, 0.25, -3.0]]), double([[2.0, 1.0, -1.0], [0.5, 3.0, 4.0]]))


@pytest.mark.check("edges", points=0.25)
def test_batches_over_any_dimension(student):
    """Vmap over rows, over columns, and over a single row.

    沿行、沿列的 vmap，以及只有一行的情形。
    """
    for matrix in ([[0.5, -1.0, 2.0], [1.5, 0.25, -3.0]], [[1.0], [2.0], [-0.5]]):
        ask(student, batches, double(matrix))


@pytest.mark.check("edges", points=0.25)
def test_second_derivatives(student):
    """The Hessian of a weighted sum, by forward over reverse and by reverse over reverse.

    加权和的海森矩阵：对反向再做前向，以及对反向再做反向。
    """
    for at, v in (([0.5, -1.5], [2.0, 3.0]), ([1.0, 2.0, -0.5], [-1.0, 0.5, 4.0])):
        ask(student, hessians, double(at), double(v))


@pytest.mark.check("edges", points=0.25)
def test_tangent_zero(student):
    """In the direction 0 the value does not move; in others it does.

    沿方向 0，值不动；沿别的方向会动。
    """
    for direction in ([3.0, -0.5], [0.0, 2.0], [0.0, 0.0]):
        ask(student, forward_modes, ITSELF, double([1.5, -2.0]), double(direction))


@pytest.mark.check("edges", points=0.25)
def test_gradcheck(student):
    """Gradcheck agrees in both modes and for batches; the gradient is right.

    gradcheck 在两种模式下以及成批时都认可；梯度正确。
    """
    for at in ([0.5, -1.5], [1.0, 2.0, -0.5]):
        x = double(at).requires_grad_()
        expected = {"gradient": 3 * double(at) ** 2, "gradcheck": True}
        student.observe(checked, x).must_equal(expected)
