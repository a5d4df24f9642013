"""The reference against finite differences of the composition."""

import pytest
import torch


def rotate(x):
    """From two entries to three."""
    return torch.stack([x[0] * x[1], x[0].sin(), x[1] ** 2])


def gather(y):
    """From three entries to two."""
    return torch.stack([y[0] - y[1] * y[2], y.prod()])


def slopes(f, x):
    """The Jacobian of f at x by central differences, outputs in rows."""
    steps = 1e-5 * torch.eye(len(x), dtype=x.dtype)
    return torch.stack([(f(x + step) - f(x - step)) / 2e-5 for step in steps], dim=1)


@pytest.mark.parametrize("layout", ["numerator", "denominator"])
def test_the_reference_gives_the_slopes_of_the_composition(solution, layout):
    """Also where the derivative of each step is itself found by differences."""
    x = torch.tensor([0.75, -1.25], dtype=torch.float64)
    turn = (lambda m: m) if layout == "numerator" else (lambda m: m.T)
    steps = [(f, lambda p, f=f: turn(slopes(f, p))) for f in (rotate, gather, rotate)]
    expected = turn(slopes(lambda p: rotate(gather(rotate(p))), x))
    torch.testing.assert_close(solution("chain_of_jacobians")(steps, x, layout), expected, rtol=1e-6, atol=1e-8)
