"""The reference of clipped_mean_grad against a closed form and against a loop over the examples."""

import pytest
import torch


@pytest.mark.parametrize("limit", [0.1, 2.0, 40.0])
def test_closed_form_of_half_a_square(solution, limit):
    """The gradient of (w x)^2 / 2 is (w x) x, of the length |w x| |x|."""
    w = torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64)
    X = torch.tensor([[3.0, 1.0, 0.5], [0.5, 0.0, -1.0], [2.0, 1.0, 1.0], [0.0, 0.0, 0.0]], dtype=torch.float64)
    products = X @ w
    lengths = products.abs() * X.square().sum(dim=1).sqrt()
    factors = [min(1.0, limit / length) if length else 1.0 for length in lengths.tolist()]
    expected = sum(f * p * x for f, p, x in zip(factors, products, X, strict=True)) / 4
    found = solution("clipped_mean_grad")(lambda w, x: (w @ x) ** 2 / 2, w, X, limit)
    torch.testing.assert_close(found, expected)


def test_difference_quotients_of_each_example(solution):
    """Each example's gradient by central differences, clipped by hand."""

    def loss(w, x):
        return torch.tanh(w @ x).square().sum()

    w = torch.linspace(-1, 1, 6, dtype=torch.float64).reshape(2, 3)
    X = torch.linspace(-0.5, 1.5, 12, dtype=torch.float64).reshape(4, 3)
    total = torch.zeros_like(w)
    for x in X:
        gradient = torch.zeros_like(w)
        for place in range(6):
            step = torch.zeros(6, dtype=torch.float64)
            step[place] = 1e-6
            step = step.reshape(2, 3)
            gradient.view(-1)[place] = (loss(w + step, x) - loss(w - step, x)) / 2e-6
        total += gradient * min(1.0, 0.5 / gradient.norm().item())
    found = solution("clipped_mean_grad")(loss, w, X, 0.5)
    torch.testing.assert_close(found, total / 4, rtol=1e-6, atol=1e-8)
