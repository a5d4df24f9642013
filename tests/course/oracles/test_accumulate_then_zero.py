"""The reference solution of accumulate_then_zero against torch.func and difference quotients."""

import torch

X = torch.tensor([[0.5, -1.25], [2.0, 0.75]], dtype=torch.float64)


def f(x):
    return (x.sin() * x[0, 1]).sum()


def g(x):
    return (x**3).sum().reshape(1, 1) - x.prod()


def test_agrees_with_torch_func(solution):
    """The gradients of f, of f + g and of g, each by torch.func.grad."""
    a, b, c = solution("accumulate_then_zero")(f, g, X)
    torch.testing.assert_close(a, torch.func.grad(f)(X))
    torch.testing.assert_close(b, torch.func.grad(lambda x: f(x) + g(x).squeeze())(X))
    torch.testing.assert_close(c, torch.func.grad(lambda x: g(x).squeeze())(X))


def test_agrees_with_difference_quotients(solution):
    """The three readings at one entry, by central quotients in float64."""
    step = torch.zeros_like(X)
    step[1, 0] = 1e-5
    quotients = [(function(X + step) - function(X - step)).item() / 2e-5 for function in (f, g)]
    found = [reading[1, 0].item() for reading in solution("accumulate_then_zero")(f, g, X)]
    expected = [quotients[0], sum(quotients), quotients[1]]
    torch.testing.assert_close(torch.tensor(found), torch.tensor(expected), rtol=1e-6, atol=1e-6)
