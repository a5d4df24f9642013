"""The reference of meta_grad against difference quotients, with the gradient of train written down by hand."""

import pytest
import torch


@pytest.mark.parametrize("lr", [0.0, 0.1, 0.5])
def test_difference_quotients_through_the_step(solution, lr):
    """Each entry agrees with a central difference quotient of val(w - lr * gradient by hand)."""

    def train(w):
        return w[0] ** 2 * w[1] + torch.sin(w[2]) * w[0]

    def val(w):
        return (w * torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64)).sum() + (w**2).sum()

    def after(w):
        a, b, c = w
        return val(w - lr * torch.stack([2 * a * b + c.sin(), a**2, c.cos() * a]))

    w = torch.tensor([0.75, -1.5, 2.0], dtype=torch.float64)
    step = 1e-6 * torch.eye(3, dtype=torch.float64)
    quotients = torch.stack([(after(w + each) - after(w - each)) / 2e-6 for each in step])
    torch.testing.assert_close(solution("meta_grad")(train, val, w, lr), quotients, rtol=1e-7, atol=1e-8)


def test_quadratic_losses(solution):
    """For w^T A w / 2 and w^T B w / 2 the answer is (I - lr A) B (I - lr A) w."""
    A = torch.tensor([[2.0, -0.5], [-0.5, 1.0]], dtype=torch.float64)
    B = torch.tensor([[1.0, 0.25], [0.25, 3.0]], dtype=torch.float64)
    w = torch.tensor([1.5, -2.0], dtype=torch.float64)
    factor = torch.eye(2, dtype=torch.float64) - 0.3 * A
    found = solution("meta_grad")(lambda w: w @ A @ w / 2, lambda w: w @ B @ w / 2, w, 0.3)
    torch.testing.assert_close(found, factor @ B @ factor @ w)
