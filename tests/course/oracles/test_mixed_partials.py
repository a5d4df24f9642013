"""The reference of mixed_partials against second difference quotients in float64."""

import pytest
import torch

STEP = 1e-4
FUNCTIONS = {
    "product": lambda x1, x2: x1**3 * x2**2 - 2 * x1,
    "composition": lambda x1, x2: torch.exp(x1 / 2) * torch.cos(1.5 * x2) - x1 / (x2**2 + 3),
    "separable": lambda x1, x2: x1**3 - torch.sin(x2),
    "linear": lambda x1, x2: 3 * x1 + 5 * x2,
}


def quotient(f, at, i, j):
    """Return the second central difference quotient along axes i and j."""
    axes = STEP * torch.eye(2, dtype=torch.float64)
    plus, minus = axes[i] + axes[j], axes[i] - axes[j]
    corners = f(*(at + plus)) - f(*(at + minus)) - f(*(at - minus)) + f(*(at - plus))
    return corners / (4 * STEP**2)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_entries_are_second_difference_quotients(solution, name):
    """Each entry agrees with a second difference quotient along its two variables."""
    at = torch.tensor([1.25, -0.75], dtype=torch.float64)
    got = solution("mixed_partials")(FUNCTIONS[name], *at)
    expected = torch.stack([torch.stack([quotient(FUNCTIONS[name], at, i, j) for j in range(2)]) for i in range(2)])
    torch.testing.assert_close(got, expected, rtol=1e-5, atol=1e-5)
