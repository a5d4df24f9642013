"""The reference of truncated_bptt against difference quotients along the states it passes, in float64."""

import torch

STEP = 1e-5


def step(w, h):
    return torch.sin(w @ h) + 0.25 * h


def test_gradients_are_difference_quotients_of_one_step(solution):
    """Each entry agrees with a difference quotient of one step, the state before held fast."""
    w = torch.tensor([[0.5, -1.25], [2.0, 0.75]], dtype=torch.float64)
    h = torch.tensor([1.5, -0.5], dtype=torch.float64)
    for got in solution("truncated_bptt")(step, w, h, 4):
        quotients = torch.zeros_like(w)
        for index in range(w.numel()):
            shift = torch.zeros_like(w)
            shift.view(-1)[index] = STEP
            quotients.view(-1)[index] = (step(w + shift, h) - step(w - shift, h)).sum() / (2 * STEP)
        torch.testing.assert_close(got, quotients, rtol=1e-8, atol=1e-8)
        h = step(w, h)
