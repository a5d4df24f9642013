"""The reference solution of unbroadcast against autograd and against torch's own reduction."""

import pytest
import torch

G = torch.linspace(-3.0, 4.0, 24, dtype=torch.float64).reshape(4, 2, 3) ** 3
SHAPES = [(), (3,), (1,), (2, 3), (2, 1), (1, 3), (4, 2, 3), (4, 1, 3), (1, 1, 1)]


@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_autograd(solution, shape):
    """The gradient of the sum of G times the broadcast tensor."""
    small = torch.rand(shape, dtype=torch.float64, requires_grad=True)
    (G * small).sum().backward()
    torch.testing.assert_close(solution("unbroadcast")(G, shape), small.grad)


@pytest.mark.parametrize("shape", SHAPES)
def test_agrees_with_sum_to_size(solution, shape):
    """Torch's own reduction to a smaller shape."""
    torch.testing.assert_close(solution("unbroadcast")(G, shape), G.sum_to_size(shape))
