"""The reference of safe_where_grad against closed forms and difference quotients of the branch that is taken."""

import pytest
import torch


def test_closed_forms_beside_each_other(solution):
    """The slope of a logarithm on one side and of a cosine on the other, with nan nowhere."""
    x = torch.tensor([2.0, 0.0, -1.5, 0.5], dtype=torch.float64)
    found = solution("safe_where_grad")(lambda x: x > 0, torch.log, torch.cos, x, 1.0)
    expected = torch.where(x > 0, 1 / x, -torch.sin(x))
    torch.testing.assert_close(found, expected)


@pytest.mark.parametrize("point", [-3.0, -1.25, 1.5, 4.0])
def test_difference_quotient_of_the_branch(solution, point):
    """On each side of the edge, the slope is the quotient of the branch that is taken there."""

    def f(x):
        return torch.sqrt(x - 1) * x

    def g(x):
        return torch.exp(-x) + x**3

    x = torch.tensor(point, dtype=torch.float64)
    branch = f if point > 1 else g
    quotient = (branch(x + 1e-6) - branch(x - 1e-6)) / 2e-6
    found = solution("safe_where_grad")(lambda x: x > 1, f, g, x, 2.0)
    torch.testing.assert_close(found, quotient, rtol=1e-7, atol=1e-8)
