"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from chain_of_jacobians import chain_of_jacobians

A = torch.tensor([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])
B = torch.tensor([[2.0, 0.0, 1.0], [1.0, -1.0, 0.0]])
X = torch.tensor([2.0, -1.0])


def linear(matrix, layout):
    """The step p -> matrix @ p with its derivative."""
    return lambda p: (matrix @ p).detach(), lambda _p: matrix if layout == "numerator" else matrix.T


def squares(layout):
    """The step p -> p ** 2, entry by entry, with its derivative, the same matrix in both layouts."""
    assert layout in {"numerator", "denominator"}
    return lambda p: (p**2).detach(), lambda p: torch.diag(2 * p)


def test_outputs_in_rows():
    """In numerator layout the derivative of B (A x) is B A.

    分子布局下，B (A x) 的导数是 B A。
    """
    steps = [linear(A, "numerator"), linear(B, "numerator")]
    assert chain_of_jacobians(steps, X, "numerator").tolist() == [[5.0, 4.5], [1.0, 3.0]]


def test_inputs_in_rows():
    """In denominator layout it is the transpose of B A.

    分母布局下，它是 B A 的转置。
    """
    steps = [linear(A, "denominator"), linear(B, "denominator")]
    assert chain_of_jacobians(steps, X, "denominator").tolist() == [[5.0, 1.0], [4.5, 3.0]]


@pytest.mark.parametrize("layout", ["numerator", "denominator"])
def test_each_derivative_is_taken_where_its_step_begins(layout):
    """For squares twice the derivative is 4 x ** 3.

    连续两次平方，导数是 4 x ** 3。
    """
    result = chain_of_jacobians([squares(layout), squares(layout)], X, layout)
    assert result.tolist() == [[32.0, 0.0], [0.0, -4.0]]


def test_the_shape_tells_the_layout():
    """A map from two entries to three has shape (3, 2) or (2, 3).

    从两个元素到三个元素的映射，形状是 (3, 2) 或 (2, 3)。
    """
    assert chain_of_jacobians([linear(A, "numerator")], X, "numerator").shape == (3, 2)
    assert chain_of_jacobians([linear(A, "denominator")], X, "denominator").shape == (2, 3)


def test_argument_stays_as_it_was():
    """The caller's x is not touched.

    调用者的 x 保持原样。
    """
    chain_of_jacobians([squares("numerator")], X, "numerator")
    assert X.tolist() == [2.0, -1.0]
    assert not X.requires_grad
    assert X.grad is None
