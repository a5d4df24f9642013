"""The reference solution of descend against a closed form and against torch's own optimizer."""

import pytest
import torch


@pytest.mark.parametrize("steps", [0, 1, 4])
def test_closed_form_of_a_bowl(solution, steps):
    """On a (w - b)^2 each step multiplies the distance to b by 1 - 2 a lr."""
    a = torch.tensor([0.5, 2.0, -1.0], dtype=torch.float64)
    b = torch.tensor([1.0, -3.0, 0.25], dtype=torch.float64)
    w = torch.tensor([4.0, 1.5, -2.0], dtype=torch.float64)
    found = solution("descend")(lambda at: (a * (at - b) ** 2).sum(), w, 0.1, steps)
    torch.testing.assert_close(found, b + (1 - 2 * a * 0.1) ** steps * (w - b))


def test_agrees_with_the_optimizer(solution):
    """The same five steps by torch.optim.SGD, on a function with sines and a product."""

    def loss(w):
        return (w.sin() * w.flip(0)).sum() + w.prod()

    w = torch.tensor([0.5, -1.25, 2.0], dtype=torch.float64)
    parameter = torch.nn.Parameter(w.clone())
    optimizer = torch.optim.SGD([parameter], lr=0.05)
    for _ in range(5):
        optimizer.zero_grad()
        loss(parameter).backward()
        optimizer.step()
    torch.testing.assert_close(solution("descend")(loss, w, 0.05, 5), parameter.detach())
