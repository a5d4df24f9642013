"""Public tests: run them with `pytest` in this folder. Passing them is a start, not the whole exercise."""

import pytest
import torch
from weighted_grad import weighted_grad


def mixing(x):
    """Two outputs that both use both inputs; the Jacobian at (1, 2) has the rows (1, 2) and (6, 3)."""
    return torch.stack([x[0] + 2 * x[1], 3 * x[0] * x[1]])


def test_each_weight_scales_its_own_output():
    """When output i uses input i alone, weight i simply scales that derivative."""
    x = torch.tensor([1.0, 2.0, 3.0])
    v = torch.tensor([1.0, 0.0, -2.0])
    torch.testing.assert_close(weighted_grad(lambda x: 5 * x, x, v), torch.tensor([5.0, 0.0, -10.0]))


@pytest.mark.parametrize(
    ("v", "expected"),
    [([1.0, 0.0], [1.0, 2.0]), ([0.0, 1.0], [6.0, 3.0]), ([1.0, -0.5], [-2.0, 0.5])],
)
def test_weights_belong_to_outputs(v, expected):
    """A one-hot v reads one row of the Jacobian; any other v mixes the rows."""
    result = weighted_grad(mixing, torch.tensor([1.0, 2.0]), torch.tensor(v))
    torch.testing.assert_close(result, torch.tensor(expected))


def test_result_has_the_shape_of_x():
    """Three outputs, two inputs: v has three entries, the gradient has two."""
    b = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    result = weighted_grad(lambda x: b @ x, torch.tensor([0.5, -1.0]), torch.tensor([1.0, 0.0, 2.0]))
    torch.testing.assert_close(result, torch.tensor([11.0, 14.0]))


def test_twice_the_weights_give_twice_the_gradient():
    """The gradient is linear in v: the weights are neither averaged nor normalised."""
    x, v = torch.tensor([1.0, 2.0]), torch.tensor([0.25, 3.0])
    torch.testing.assert_close(weighted_grad(mixing, x, 2 * v), 2 * weighted_grad(mixing, x, v))


def test_x_is_left_alone():
    """Afterwards x holds no gradient and still does not ask for one."""
    x = torch.tensor([1.0, 2.0])
    weighted_grad(mixing, x, torch.ones(2))
    assert x.grad is None
    assert not x.requires_grad
