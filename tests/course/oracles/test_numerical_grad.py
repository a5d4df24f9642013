"""The reference solution of numerical_grad against exact fractions and against autograd."""

from fractions import Fraction

import pytest
import torch


@pytest.mark.parametrize("eps", [Fraction(1, 2), Fraction(1, 4)])
def test_large_steps_agree_with_exact_fractions(solution, eps):
    """The quotient of x0^3 x1 - x1^2 at (3/2, -2), in fractions, where the derivative is another number."""
    a, b = Fraction(3, 2), Fraction(-2)
    by_hand = [((a + eps) ** 3 - (a - eps) ** 3) * b / (2 * eps), a**3 - ((b + eps) ** 2 - (b - eps) ** 2) / (2 * eps)]
    found = solution("numerical_grad")(lambda x: x[0] ** 3 * x[1] - x[1] ** 2, torch.tensor([1.5, -2.0]), float(eps))
    assert found.tolist() == pytest.approx([float(each) for each in by_hand], rel=1e-12)


def test_small_steps_agree_with_autograd(solution):
    """With the default eps the quotient is the gradient up to rounding."""

    def f(x):
        return (x.sin() * x.flip(0)).sum() + x[0] ** 3

    x = torch.tensor([0.3, -1.2, 2.0], dtype=torch.float64)
    expected = torch.autograd.functional.jacobian(f, x)
    torch.testing.assert_close(solution("numerical_grad")(f, x), expected, rtol=1e-7, atol=1e-7)
