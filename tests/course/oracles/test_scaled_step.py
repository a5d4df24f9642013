"""The reference of scaled_step against a step worked out by hand and against torch's own clipping."""

import pytest
import torch


@pytest.mark.parametrize("scale", [1.0, 2.0**10, 2.0**16])
@pytest.mark.parametrize("max_norm", [0.5, 3.0, 50.0])
def test_closed_form_of_a_quadratic(solution, scale, max_norm):
    """The gradient of half the sum of a w^2 is a w; its norm and the step are written down by hand."""
    a = torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64)
    w = torch.tensor([2.0, 1.5, -4.0], dtype=torch.float64)
    b = torch.tensor(3.0, dtype=torch.float64)
    new, moved = solution("scaled_step")(lambda p: (a * p[0] ** 2).sum() / 2 + 2 * p[1], [w, b], 0.1, scale, max_norm)
    norm = (4 + 9 + 4 + 4) ** 0.5
    factor = min(1.0, max_norm / norm)
    assert moved is True
    torch.testing.assert_close(new, [w - 0.1 * factor * a * w, b - 0.2 * factor])


def test_agrees_with_clip_grad_norm(solution):
    """torch.nn.utils.clip_grad_norm_ and SGD take the same step, up to the 1e-6 that clipping adds to the norm."""

    def loss(p):
        return torch.tanh(p[0] @ p[1]).sum() + p[1].prod()

    params = [torch.linspace(-1, 2, 6, dtype=torch.float64).reshape(2, 3), torch.tensor([0.5, -1.5, 2.0]).double()]
    leaves = [torch.nn.Parameter(p.clone()) for p in params]
    loss(leaves).backward()
    torch.nn.utils.clip_grad_norm_(leaves, 0.75)
    torch.optim.SGD(leaves, lr=0.5).step()
    new, _ = solution("scaled_step")(loss, params, 0.5, 2.0**8, 0.75)
    torch.testing.assert_close(new, [leaf.detach() for leaf in leaves], rtol=1e-5, atol=1e-6)
