"""The reference of evaluate against a forward pass written down by hand."""

import torch


def test_value_is_that_of_the_layers_in_use(solution):
    """Linear, BatchNorm with its running statistics, Dropout that drops nothing."""
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3), torch.nn.Dropout(0.9), torch.nn.ReLU()
    ).double()
    with torch.no_grad():
        model[1].running_mean.copy_(torch.tensor([0.5, -1.0, 0.25]))
        model[1].running_var.copy_(torch.tensor([2.0, 0.5, 1.25]))
    batch = torch.tensor([[1.5, -0.5], [2.0, 1.0]], dtype=torch.float64)
    hidden = batch @ model[0].weight.T + model[0].bias
    expected = ((hidden - model[1].running_mean) / (model[1].running_var + 1e-5).sqrt()).clamp(min=0)
    result = solution("evaluate")(model, batch)
    torch.testing.assert_close(result, expected.detach())
    assert not result.requires_grad
    assert all(module.training for module in model.modules())
