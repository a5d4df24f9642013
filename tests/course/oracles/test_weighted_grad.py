"""The reference solution of weighted_grad against torch.func and difference quotients."""

import torch


def f(x):
    """Six outputs of four inputs, with a Jacobian that is neither symmetric nor diagonal."""
    return torch.stack([x.sin() * x[0], x.prod() + x**2, x.cumsum(0).exp()])[:, 1:3].T.reshape(3, 2)


X = torch.tensor([0.5, -1.25, 0.75, 1.5], dtype=torch.float64)
V = torch.tensor([[1.0, -0.5], [0.0, 2.0], [3.25, -1.0]], dtype=torch.float64)


def test_agrees_with_torch_func(solution):
    """v^T J by torch.func.vjp."""
    _, pull_back = torch.func.vjp(f, X)
    torch.testing.assert_close(solution("weighted_grad")(f, X, V), pull_back(V)[0])


def test_agrees_with_difference_quotients(solution):
    """The central quotients of the weighted sum of the outputs, in float64."""
    step = 1e-5
    quotients = [((f(X + e) - f(X - e)) * V).sum() / (2 * step) for e in step * torch.eye(4, dtype=torch.float64)]
    torch.testing.assert_close(solution("weighted_grad")(f, X, V), torch.stack(quotients), rtol=1e-7, atol=1e-8)
