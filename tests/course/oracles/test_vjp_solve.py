"""The reference of vjp_solve against difference quotients and against a closed form."""

import torch

A = torch.tensor([[3.0, 1.0, -0.5], [0.5, -4.0, 1.0], [2.0, 0.25, 5.0]], dtype=torch.float64)
B = torch.tensor([1.0, -2.0, 3.0], dtype=torch.float64)
V = torch.tensor([0.5, 2.0, -1.0], dtype=torch.float64)


def weighted_solution(matrix, right):
    """Return the sum of V times the solution."""
    return V @ torch.linalg.solve(matrix, right)


def test_difference_quotients(solution):
    """Every entry of both gradients is a central difference quotient of the weighted solution."""
    dA, db = solution("vjp_solve")(A, B, V)
    for i in range(3):
        step = torch.zeros(3, dtype=torch.float64)
        step[i] = 1e-6
        quotient = (weighted_solution(A, B + step) - weighted_solution(A, B - step)) / 2e-6
        torch.testing.assert_close(db[i], quotient, rtol=1e-7, atol=1e-9)
        for j in range(3):
            change = torch.zeros(3, 3, dtype=torch.float64)
            change[i, j] = 1e-6
            quotient = (weighted_solution(A + change, B) - weighted_solution(A - change, B)) / 2e-6
            torch.testing.assert_close(dA[i, j], quotient, rtol=1e-7, atol=1e-9)


def test_closed_form_of_a_diagonal_system(solution):
    """For a diagonal A, z_i is b_i / a_i."""
    a = torch.tensor([2.0, -4.0, 0.5], dtype=torch.float64)
    dA, db = solution("vjp_solve")(torch.diag(a), B, V)
    torch.testing.assert_close(db, V / a)
    torch.testing.assert_close(dA, -torch.outer(V / a, B / a))
