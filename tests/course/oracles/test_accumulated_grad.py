"""The reference of accumulated_grad against closed forms and against the whole batch in one."""

import pytest
import torch


@pytest.mark.parametrize("sizes", [[6], [1, 5], [2, 1, 3], [1] * 6])
def test_closed_form_of_a_mean_square(solution, sizes):
    """The gradient of the mean of (X w - y)^2 is 2/n X^T (X w - y), however X is split."""
    generator = torch.Generator().manual_seed(4)
    X = torch.randn(6, 3, dtype=torch.float64, generator=generator)
    w = torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64)
    found = solution("accumulated_grad")(lambda w, X: ((X[:, :2] @ w[:2] - X[:, 2]) ** 2).mean(), w, X, sizes)
    residual = X[:, :2] @ w[:2] - X[:, 2]
    expected = torch.cat([X[:, :2].T @ residual / 3, torch.zeros(1, dtype=torch.float64)])
    torch.testing.assert_close(found, expected)


def test_difference_quotients_of_the_whole(solution):
    """Each entry agrees with a central difference quotient of the loss of all rows."""

    def loss(w, X):
        return torch.tanh(X @ w).square().mean()

    X = torch.linspace(-1, 2, 10, dtype=torch.float64).reshape(5, 2)
    w = torch.tensor([0.75, -0.5], dtype=torch.float64)
    step = 1e-6 * torch.eye(2, dtype=torch.float64)
    quotients = torch.stack([(loss(w + each, X) - loss(w - each, X)) / 2e-6 for each in step])
    torch.testing.assert_close(solution("accumulated_grad")(loss, w, X, [1, 3, 1]), quotients, rtol=1e-7, atol=1e-9)
