"""The reference of first_partials against float64 difference quotients."""

import pytest
import torch

STEP = 1e-5
FUNCTIONS = {
    "product": lambda x1, x2: x1**3 * x2**2 - 2 * x1,
    "composition": lambda x1, x2: torch.exp(x1 / 2) * torch.cos(1.5 * x2) - x1 / (x2**2 + 3),
    "second alone": lambda _x1, x2: 2.5 * x2**3,
    "constant": lambda _x1, _x2: torch.tensor(4.0, dtype=torch.float64),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_partials_are_difference_quotients(solution, name):
    """Each derivative agrees with a central difference quotient in its own direction."""
    f = FUNCTIONS[name]
    x1, x2 = torch.tensor(1.25, dtype=torch.float64), torch.tensor(-0.75, dtype=torch.float64)
    expected = (
        (f(x1 + STEP, x2) - f(x1 - STEP, x2)) / (2 * STEP),
        (f(x1, x2 + STEP) - f(x1, x2 - STEP)) / (2 * STEP),
    )
    for got, quotient in zip(solution("first_partials")(f, x1, x2), expected, strict=True):
        torch.testing.assert_close(got, quotient, rtol=1e-8, atol=1e-9)
