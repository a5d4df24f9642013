# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges ScaledLinear. A Function crosses no border, so observers apply it beside the student's code."""

import pytest
import torch
from hypothesis import strategies as st
from torch.utils._python_dispatch import TorchDispatchMode

from grader.judge.hidden import oracle, pick, probe, quarters, tensors

X = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0), (7.0, 8.0, 9.0))
W = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))
numbers = quarters()


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def gradients(namespace, x, w, scale, v):
    """Report the result and what backward(v) leaves in the .grad of x and w."""
    result = namespace["ScaledLinear"].apply(x, w, scale)
    report = {"result": result.detach().clone()}
    result.backward(v)
    return {**report, "x_grad": x.grad, "w_grad": w.grad}


def products_of_one(namespace, x, w, scale, v):
    """Report the gradients where only x, and where only w requires grad, and whether either took several products."""

    class Products(TorchDispatchMode):
        """Counts the products of matrices."""

        def __init__(self):
            super().__init__()
            self.count = 0

        def __torch_dispatch__(self, function, _types, args=(), kwargs=None):
            self.count += function.overloadpacket.__name__ in {"mm", "bmm", "addmm", "baddbmm", "matmul"}
            return function(*args, **(kwargs or {}))

    report = {}
    for name, given in (("x", (x.clone().requires_grad_(), w)), ("w", (x, w.clone().requires_grad_()))):
        result = namespace["ScaledLinear"].apply(*given, scale)
        with Products() as products:
            result.backward(v)
        report[f"{name}_grad alone"] = (given[0] if name == "x" else given[1]).grad
        report[f"at most one product for {name}"] = products.count <= 1
    return report


def without_grad(namespace, x, w, scale):
    """Report the value of the result and its flag where no gradient is asked for."""
    result = namespace["ScaledLinear"].apply(x, w, scale)
    return {"result": result.detach(), "requires_grad": result.requires_grad}


def used_twice(namespace, x, w, scale, v):
    """Report the gradients of a loss with two layers that share w, and the derivative of one by the other input."""
    layer = namespace["ScaledLinear"].apply
    x, w = x.clone().requires_grad_(), w.clone().requires_grad_()
    loss = (v * layer(x, w, scale)).sum() - (v**2 * layer(2 * x, w, 3)).sum()
    first = torch.autograd.grad(loss, (x, w), create_graph=True)
    (second,) = torch.autograd.grad((first[0] ** 2).sum(), w)
    return {"x": first[0].detach(), "w": first[1].detach(), "second": second}


@oracle
def expected(x, w, scale, v):
    """By hand: the result, and the gradients s v w and s v^T x."""
    x, w = x.detach(), w.detach()
    return {"result": scale * (x @ w.T), "x_grad": scale * (v @ w), "w_grad": scale * (v.T @ x)}


def ask(student, x, w, scale, v):
    arguments = x.clone().requires_grad_(), w.clone().requires_grad_(), scale, v
    student.observe(gradients, *arguments).must_equal(expected(x, w, scale, v))


def ask_alone(student, x, w, scale, v):
    found = expected(x, w, scale, v)
    alone = {"x_grad alone": found["x_grad"], "w_grad alone": found["w_grad"]}
    told = {"at most one product for x": True, "at most one product for w": True}
    student.observe(products_of_one, x, w, scale, v).must_equal({**alone, **told})


def small():
    """Sizes n = 3, k = 2, m = 4."""
    x = double([[1.0, -0.5], [2.0, 0.25], [0.0, 3.0]])
    w = double([[2.0, 1.0], [-1.0, 0.5], [0.75, -3.0], [1.5, 0.0]])
    v = double([[1.0, 0.0, -2.0, 0.5], [0.25, 3.0, 1.0, -1.0], [-0.5, 2.0, 0.0, 1.5]])
    return x, w, v


@st.composite
def cases(draw, sizes):
    n, k, m = draw(sizes)
    x, w = draw(tensors((n, k), elements=numbers)), draw(tensors((m, k), elements=numbers, start=1))
    return x, w, draw(pick((3, 2.5, -2, 0.5))), draw(tensors((n, m), elements=numbers, start=2))


@pytest.mark.check("documented", points=0.625)
def test_worked_example(student):
    """The example of the README, with its scale and with another.

    README 中的例子，用那里的 scale 和另一个 scale。
    """
    x, w, v = double([[1.0, 2.0]]), double([[3.0, 4.0], [5.0, 6.0]]), double([[1.0, 10.0]])
    for scale in (10, 0.5):
        ask(student, x, w, scale, v)


@pytest.mark.check("documented", points=0.625, covers=["d4-o8", "d4-o9"])
def test_document_matrices(student):
    """Three rows of x hold 1 to 9, w holds the first two of them; the scale is 1 and all weights are 1, then -2.

    x 是 1 到 9 排成的三行，w 是其中的前两行；scale 为 1，权重先全为 1，再全为 -2。
    """
    result = torch.tensor([[14.0, 32.0], [32.0, 77.0], [50.0, 122.0]])
    dx, dw = torch.tensor([[5.0, 7.0, 9.0]] * 3), torch.tensor([[12.0, 15.0, 18.0]] * 2)
    for weight in (1.0, -2.0):
        x, w = torch.tensor(X, requires_grad=True), torch.tensor(W, requires_grad=True)
        report = {"result": result, "x_grad": weight * dx, "w_grad": weight * dw}
        student.observe(gradients, x, w, 1, torch.full((3, 2), weight)).must_equal(report)


@pytest.mark.check("probes", points=1.25)
@probe(cases(st.permutations([2, 3, 4])), examples=12)
def test_three_different_sizes(student, case):
    """Three sizes that all differ, with fractional weights: the result and both gradients.

    三个互不相同的尺寸，权重是小数：结果和两个梯度。
    """
    ask(student, *case)


@pytest.mark.check("probes", points=0.625)
@probe(cases(st.sampled_from([(2, 2, 2), (3, 3, 3)])), examples=10)
def test_square_matrices(student, case):
    """Square matrices, which fit together however they are turned.

    方阵：无论怎么转置，形状都对得上。
    """
    ask(student, *case)


@pytest.mark.check("probes", points=0.625)
@probe(cases(st.permutations([2, 3, 4])), examples=10)
def test_one_gradient_alone(student, case):
    """Only x or only w requires grad: one gradient, with at most one product of matrices.

    只有 x 或只有 w 要求梯度：一个梯度，最多一次矩阵乘法。
    """
    ask_alone(student, *case)


@pytest.mark.check("edges", points=0.5)
def test_scales(student):
    """A float, an int, and the scale 0, where both gradients are zeros; each once where no gradient is asked for.

    浮点数、整数，以及 scale 为 0：这时两个梯度全为零；每种情况再试一次不要求梯度的。
    """
    x, w, v = small()
    for scale in (-0.25, 7, 0):
        ask(student, x, w, scale, v)
        report = {"result": scale * (x @ w.T), "requires_grad": False}
        student.observe(without_grad, x, w, scale).must_equal(report)


@pytest.mark.check("edges", points=0.375)
def test_products_that_nobody_needs(student):
    """Matrices with one row or one column: still no product of matrices that nobody needs.

    只有一行或一列的矩阵：同样不做没有人要的矩阵乘法。
    """
    x, w, v = small()
    ask_alone(student, x, w, 2, v)
    ask_alone(student, x[:1].clone(), w[:, :2].clone(), 0.5, v[:1].clone())


@pytest.mark.check("edges", points=0.375)
def test_used_twice_and_differentiated_twice(student):
    """Two layers in one loss share w; one gradient is differentiated again.

    一个损失里有两层共用 w；再对其中一个梯度求导。
    """
    x, w, v = small()
    for scale in (2, -1.5):
        weights = scale * v - 6 * v**2
        dx = weights @ w
        dw = (scale * v - 6 * v**2).T @ x
        report = {"x": dx, "w": dw, "second": weights.T @ (2 * dx)}
        student.observe(used_twice, x, w, scale, v).must_equal(report)
