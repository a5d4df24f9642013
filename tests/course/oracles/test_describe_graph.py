"""The reference solution of describe_graph against a table written by hand."""

import pytest
import torch

OPERATIONS = {
    "AddBackward0": lambda x: x + 1,
    "SubBackward0": lambda x: x - 1,
    "MmBackward0": lambda x: x @ x,
    "PowBackward0": lambda x: x**3,
    "MeanBackward0": lambda x: x.mean(),
    "ViewBackward0": lambda x: x.view(4),
}


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_recorded_result_is_named_after_its_operation(solution, name):
    """From a leaf that requires grad, each operation makes a result that is no leaf."""
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    found = solution("describe_graph")(OPERATIONS[name](x))
    assert found == {"requires_grad": True, "is_leaf": False, "grad_fn": name}


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_nothing_is_recorded_from_a_plain_tensor(solution, name):
    """From a tensor that does not require grad, every result is a leaf without a node."""
    found = solution("describe_graph")(OPERATIONS[name](torch.ones(2, 2)))
    assert found == {"requires_grad": False, "is_leaf": True, "grad_fn": None}
