"""The reference in forward mode against the Jacobian in reverse mode."""

import pytest
import torch

MAPS = {
    "wide": (lambda x: torch.stack([x[0] * x[1].cos(), x[2] ** 3 - x[0]]), (3,)),
    "tall": (lambda x: torch.stack([x[0].exp(), x[0] * x[1], x[1] ** 3]), (2,)),
    "matrices": (lambda x: x.T @ x[:, :1] - x[1:].sum(), (2, 3)),
    "one number": (lambda x: x.sin(), ()),
}


@pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:DeprecationWarning")
@pytest.mark.parametrize("name", MAPS)
def test_the_reference_gives_the_jacobian_of_reverse_mode(solution, name):
    """In float64, both sides flattened; torch's own forward mode warns of the jit when it is first used."""
    f, shape = MAPS[name]
    x = torch.linspace(-1.5, 2.25, torch.Size(shape).numel(), dtype=torch.float64).reshape(shape)
    expected = torch.func.jacrev(f)(x).reshape(-1, x.numel())
    torch.testing.assert_close(solution("jacobian_by_columns")(f, x), expected)
