"""The reference of vjp_setitem against difference quotients in float64."""

import pytest
import torch

STEP = 1e-3


def weighted(base, value, index, v):
    """The weighted sum of the entries after the write."""
    out = base.clone()
    out[index] = value
    return (v * out).sum()


def quotients(function, at):
    """The difference quotient of each entry; exact for what is linear."""
    slopes = []
    for unit in torch.eye(at.numel(), dtype=at.dtype):
        step = STEP * unit.reshape(at.shape)
        slopes.append((function(at + step) - function(at - step)) / (2 * STEP))
    return torch.stack(slopes).reshape(at.shape)


@pytest.mark.parametrize(
    ("index", "shape"), [(1, ()), (-1, (4,)), ([0, 2], (1, 4)), ([2, 0], (2, 1)), ((1, -2), ()), ((0, 3), (1,))]
)
def test_gradients_are_the_slopes_of_the_weighted_sum(solution, index, shape):
    """Both gradients are difference quotients of the weighted sum."""
    base = torch.arange(12, dtype=torch.float64).reshape(3, 4) / 4
    v = torch.linspace(-2, 3, 12, dtype=torch.float64).reshape(3, 4)
    value = torch.full(shape, 1.5, dtype=torch.float64)
    d_base, d_value = solution("vjp_setitem")(base, value, index, v)
    torch.testing.assert_close(d_base, quotients(lambda b: weighted(b, value, index, v), base))
    torch.testing.assert_close(d_value, quotients(lambda w: weighted(base, w, index, v), value))
