"""The reference against finite differences, example by example."""

import torch


def test_the_reference_gives_the_slopes_of_each_example(solution):
    """Central differences in float64, column by column."""

    def f(x):
        return torch.stack([x[0] * x[1].sin(), x[2] ** 3 - x[0], x.prod(), x[1].exp()])

    batch = torch.linspace(-1.5, 2.25, 15, dtype=torch.float64).reshape(5, 3)
    found = solution("batch_jacobian")(f, batch)
    assert found.shape == (5, 4, 3)
    for x, jacobian in zip(batch, found, strict=True):
        for j, step in enumerate(1e-5 * torch.eye(3, dtype=torch.float64)):
            torch.testing.assert_close(jacobian[:, j], (f(x + step) - f(x - step)) / 2e-5, rtol=1e-6, atol=1e-8)
