"""The reference of intermediate_grads against derivatives written down by hand."""

import torch


def test_both_gradients_are_the_closed_ones(solution):
    """For y = w sin(x) and z = sum of y^3: 3 y^2 at y, and w^T (3 y^2) cos(x) at x."""
    w = torch.tensor([[1.0, -2.0], [0.5, 3.0], [4.0, -1.5]], dtype=torch.float64)
    x = torch.tensor([0.75, -1.25], dtype=torch.float64)
    at_y, at_x = solution("intermediate_grads")(lambda x: w @ torch.sin(x), lambda y: (y**3).sum(), x)
    expected = 3 * (w @ torch.sin(x)) ** 2
    torch.testing.assert_close(at_y, expected)
    torch.testing.assert_close(at_x, (w.T @ expected) * torch.cos(x))
