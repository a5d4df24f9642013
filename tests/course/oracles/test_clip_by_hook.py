"""The reference of clip_by_hook against Jacobians and a clamp."""

import torch
from torch.autograd.functional import jacobian


def test_the_clipped_gradient_times_the_jacobian(solution):
    """What arrives at x is the clamped gradient at y times the Jacobian of f."""

    def f(x):
        return torch.stack([x[0] * x[1], x[1] ** 3, x[0] - 2 * x[1]])

    def g(y):
        return (y**3).sum() - 4 * y[0] * y[2]

    x = torch.tensor([1.5, -0.75], dtype=torch.float64)
    at_y = jacobian(g, f(x))
    for limit in (0.5, 2.0, 1000.0):
        expected = at_y.clamp(-limit, limit) @ jacobian(f, x)
        torch.testing.assert_close(solution("clip_by_hook")(f, g, x, limit), expected)
