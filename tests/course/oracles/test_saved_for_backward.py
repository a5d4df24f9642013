"""The reference of saved_for_backward against what overwriting does to backward."""

import pytest
import torch


def complains(f, x, end):
    """Whether backward raises once one end of f was overwritten in place."""
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    with torch.no_grad():
        (leaf, y)[end].add_(1)
    try:
        y.sum().backward()
    except RuntimeError:
        return True
    return False


@pytest.mark.parametrize(
    "f",
    [
        torch.exp,
        torch.sin,
        torch.log,
        torch.sqrt,
        torch.prod,
        lambda x: x.softmax(0),
        lambda x: x.cumsum(0),
        lambda x: x.exp().view(-1, 1),
        lambda x: x[1:].square().tanh(),
        lambda x: (x * 1).sin(),
    ],
)
def test_kept_is_what_must_not_be_overwritten(solution, f):
    """Both answers are what happens when that end is overwritten."""
    x = torch.tensor([0.5, 1.5, 2.0], dtype=torch.float64)
    assert solution("saved_for_backward")(f, x) == (complains(f, x, 0), complains(f, x, 1))
