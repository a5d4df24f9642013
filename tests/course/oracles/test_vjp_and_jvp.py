"""The reference products against the Jacobian of torch.func.jacrev, as a matrix."""

import pytest
import torch

MAPS = {
    "wide": (lambda x: torch.stack([x[0] * x[1].cos(), x[2] ** 3 - x[0]]), (3,)),
    "tall": (lambda x: torch.stack([x[0].exp(), x[0] * x[1], x[1] ** 3]), (2,)),
    "linear": (lambda x: x.cumsum(0), (4,)),
    "matrices": (lambda x: x.T @ x[:, :1] - x[1:].sum(), (2, 3)),
}


@pytest.mark.parametrize("name", MAPS)
def test_the_reference_gives_both_products(solution, name):
    """In float64, for weights and directions without symmetry."""
    f, shape = MAPS[name]
    x = torch.linspace(-1.5, 2.25, torch.Size(shape).numel(), dtype=torch.float64).reshape(shape)
    jacobian = torch.func.jacrev(f)(x)
    y_shape = jacobian.shape[: jacobian.dim() - x.dim()]
    matrix = jacobian.reshape(-1, x.numel())
    v = torch.linspace(2.0, -0.75, len(matrix), dtype=torch.float64)
    u = torch.linspace(0.5, 3.0, x.numel(), dtype=torch.float64)
    expected = (v @ matrix).reshape(shape), (matrix @ u).reshape(y_shape)
    given = f, x, v.reshape(y_shape), u.reshape(shape)
    torch.testing.assert_close(solution("vjp_and_jvp")(*given), expected)
