"""The reference Jacobian against torch.func.jacrev."""

import pytest
import torch

MAPS = {
    "wide": (lambda x: torch.stack([x[0] * x[1] ** 2, x[2].sin() - 0.5 * x[0]]), (3,)),
    "tall": (lambda x: torch.stack([x[0].exp(), x[0] * x[1], x[1] ** 3]), (2,)),
    "matrices": (lambda x: x.T @ x[:, :1] - x[1:].sum(), (2, 3)),
    "one number": (lambda x: (x**3).prod(), (4,)),
}


@pytest.mark.parametrize("name", MAPS)
def test_the_reference_gives_the_jacobian_of_jacrev(solution, name):
    """In float64, outputs in rows, both sides flattened."""
    f, shape = MAPS[name]
    x = torch.linspace(-1.5, 2.25, torch.Size(shape).numel(), dtype=torch.float64).reshape(shape)
    expected = torch.func.jacrev(f)(x).reshape(-1, x.numel())
    torch.testing.assert_close(solution("jacobian_via_backward")(f, x), expected)
