"""The reference solution of sum_backward against torch.func and difference quotients."""

import torch

X = torch.tensor([[0.5, -1.25, 0.75], [1.5, 2.0, -0.5]], dtype=torch.float64)


def f(x):
    """Six outputs of six inputs, in another shape."""
    return torch.einsum("ij,ik->jk", x.sin(), x**2)[:, :2].reshape(3, 1, 2) * x[0, 0]


def test_agrees_with_the_column_sums_of_the_jacobian(solution):
    """The full Jacobian by torch.func.jacrev, summed over all outputs."""
    torch.testing.assert_close(solution("sum_backward")(f, X), torch.func.jacrev(f)(X).sum(dim=(0, 1, 2)))


def test_agrees_with_difference_quotients(solution):
    """The central quotients of the sum of all outputs, in float64."""
    steps = (1e-5 * torch.eye(6, dtype=torch.float64)).reshape(6, 2, 3)
    quotients = torch.stack([(f(X + step) - f(X - step)).sum() / 2e-5 for step in steps]).reshape(2, 3)
    torch.testing.assert_close(solution("sum_backward")(f, X), quotients, rtol=1e-7, atol=1e-8)
