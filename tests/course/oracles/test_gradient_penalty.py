"""The reference of gradient_penalty against difference quotients of the loss, in float64."""

import torch

STEP = 1e-5


def f(params, x):
    a, w = params
    return (a * torch.sin(w @ x)).sum()


def loss(params, x):
    """Return y + |g|^2 with g = w^T (a cos(w x)) written down by hand."""
    a, w = params
    slope = w.T @ (a * torch.cos(w @ x))
    return f(params, x) + slope.square().sum()


def test_gradients_are_difference_quotients(solution):
    """Each entry agrees with a central difference quotient of the loss."""
    a = torch.tensor([0.5, -2.0], dtype=torch.float64)
    w = torch.tensor([[1.0, -0.5, 0.25], [0.75, 1.5, -1.0]], dtype=torch.float64)
    x = torch.tensor([0.5, 1.0, -1.5], dtype=torch.float64)
    for number, got in enumerate(solution("gradient_penalty")(f, [a, w], x)):
        for index in range(got.numel()):
            moved = []
            for sign in (1, -1):
                params = [a.clone(), w.clone()]
                params[number].view(-1)[index] += sign * STEP
                moved.append(loss(params, x))
            torch.testing.assert_close(got.flatten()[index], (moved[0] - moved[1]) / (2 * STEP), rtol=1e-7, atol=1e-8)
