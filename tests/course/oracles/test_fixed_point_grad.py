"""The reference of fixed_point_grad against a closed form and against difference quotients of the limit."""

import torch


def test_closed_form_of_a_linear_step(solution):
    """For z = M z + N w the limit is (I - M)^-1 N w."""
    M = torch.tensor([[0.25, -0.125], [0.125, 0.375]], dtype=torch.float64)
    N = torch.tensor([[1.0, -2.0, 0.5], [0.5, 3.0, -1.0]], dtype=torch.float64)
    w = torch.tensor([1.0, 2.0, -1.5], dtype=torch.float64)
    v = torch.tensor([3.0, -1.0], dtype=torch.float64)
    found = solution("fixed_point_grad")(lambda w, z: M @ z + N @ w, w, torch.zeros(2, dtype=torch.float64), v)
    expected = v @ torch.linalg.inv(torch.eye(2, dtype=torch.float64) - M) @ N
    torch.testing.assert_close(found, expected)


def test_difference_quotients_of_the_limit(solution):
    """Each entry agrees with a central difference quotient of the limit itself."""

    def step(w, z):
        return torch.tanh(torch.stack([w[0] * z[1] / 4, z[0] / 2 + w[1]]) + w[0] / 4)

    def weighted_limit(w):
        z = torch.zeros(2, dtype=torch.float64)
        for _ in range(200):
            z = step(w, z)
        return 2 * z[0] - 3 * z[1]

    w = torch.tensor([0.75, -0.5], dtype=torch.float64)
    change = 1e-6 * torch.eye(2, dtype=torch.float64)
    quotients = torch.stack([(weighted_limit(w + each) - weighted_limit(w - each)) / 2e-6 for each in change])
    v = torch.tensor([2.0, -3.0], dtype=torch.float64)
    found = solution("fixed_point_grad")(step, w, torch.tensor([5.0, 5.0], dtype=torch.float64), v)
    torch.testing.assert_close(found, quotients, rtol=1e-7, atol=1e-8)
