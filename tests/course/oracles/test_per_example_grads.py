"""The reference solution of per_example_grads against torch.func and difference quotients."""

import torch

X = torch.tensor([[0.5, -1.25, 0.75], [1.5, 2.0, -0.5]], dtype=torch.float64)


def f(x):
    return x.sin().sum() * x[0] + x.prod()


def test_agrees_with_vmap_over_grad(solution):
    """Each row's gradient by torch.func.grad, mapped over the batch."""
    torch.testing.assert_close(solution("per_example_grads")(f, X), torch.func.vmap(torch.func.grad(f))(X))


def test_agrees_with_difference_quotients(solution):
    """The central quotients of f at each row by itself, in float64."""
    steps = 1e-5 * torch.eye(3, dtype=torch.float64)
    quotients = torch.stack([torch.stack([(f(row + step) - f(row - step)) / 2e-5 for step in steps]) for row in X])
    torch.testing.assert_close(solution("per_example_grads")(f, X), quotients, rtol=1e-7, atol=1e-8)
