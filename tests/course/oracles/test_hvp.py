"""The reference of hvp against difference quotients of closed gradients, in float64."""

import torch

STEP = 1e-5


def cubic(x):
    return x[0] ** 3 * x[1] - 2 * x[1] ** 2 * x[2] + torch.exp(x[0] * x[2])


def cubic_gradient(x):
    a, b, c = x
    rise = torch.exp(a * c)
    return torch.stack([3 * a**2 * b + c * rise, a**3 - 4 * b * c, -2 * b**2 + a * rise])


def test_product_is_the_change_of_the_gradient(solution):
    """Hv is the difference quotient of the hand-written gradient in the direction v."""
    x = torch.tensor([0.75, -1.25, 0.5], dtype=torch.float64)
    v = torch.tensor([1.0, 2.5, -0.5], dtype=torch.float64)
    expected = (cubic_gradient(x + STEP * v) - cubic_gradient(x - STEP * v)) / (2 * STEP)
    torch.testing.assert_close(solution("hvp")(cubic, x, v), expected, rtol=1e-8, atol=1e-8)


def test_quadratic_form_has_the_symmetric_part(solution):
    """For x^T A x the product is (A + A^T) v."""
    matrix = torch.tensor([[1.0, 4.0], [-2.5, 0.5]], dtype=torch.float64)
    x, v = torch.tensor([2.0, -1.0], dtype=torch.float64), torch.tensor([0.5, 3.0], dtype=torch.float64)
    torch.testing.assert_close(solution("hvp")(lambda x: x @ matrix @ x, x, v), (matrix + matrix.T) @ v)
