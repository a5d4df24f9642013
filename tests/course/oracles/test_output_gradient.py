"""The reference solution of output_gradient against closed forms and difference quotients."""

import pytest
import torch

X = torch.tensor([0.5, -1.5, 2.0], dtype=torch.float64)


@pytest.mark.parametrize("index", [(0, 1), (2, 0), (-1, -1)])
def test_entries_of_an_outer_product(solution, index):
    """y[i, j] = x[i]^2 x[j]: the two derivatives by hand, added where i is j."""
    i, j = (place % 3 for place in index)
    expected = torch.zeros(3, dtype=torch.float64)
    expected[i] += 2 * X[i] * X[j]
    expected[j] += X[i] ** 2
    torch.testing.assert_close(solution("output_gradient")(lambda x: torch.outer(x**2, x), X, index), expected)


def test_agrees_with_difference_quotients(solution):
    """The central quotients of one entry in a tensor of three dimensions."""

    def f(x):
        return (x.exp()[:, None] * x.sin()[None, :]).reshape(3, 1, 3)

    steps = 1e-5 * torch.eye(3, dtype=torch.float64)
    quotients = torch.stack([(f(X + step) - f(X - step))[1, 0, 2] / 2e-5 for step in steps])
    torch.testing.assert_close(solution("output_gradient")(f, X, (1, 0, 2)), quotients, rtol=1e-7, atol=1e-8)
