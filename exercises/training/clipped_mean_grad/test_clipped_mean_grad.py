"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from clipped_mean_grad import clipped_mean_grad


def half_square(w, x):
    return (w @ x) ** 2 / 2


@pytest.mark.parametrize(("limit", "expected"), [(5.0, [1.5, 2.5]), (0.5, [0.15, 0.45]), (100.0, [10.5, 14.5])])
def test_limits_above_and_below(limit, expected):
    """Gradients of the lengths 35 and 1 with one, both and none of them clipped.

    长度为 35 和 1 的两个梯度：裁剪其中一个、两个都裁剪、都不裁剪。
    """
    X = torch.tensor([[3.0, 4.0], [0.0, 1.0]])
    torch.testing.assert_close(clipped_mean_grad(half_square, torch.ones(2), X, limit), torch.tensor(expected))


def test_a_zero_gradient():
    """An example without influence counts as 0 in the mean.

    没有影响的样本，在平均中按 0 计入。
    """
    X = torch.tensor([[0.0, 0.0], [0.0, 1.0]])
    torch.testing.assert_close(clipped_mean_grad(half_square, torch.ones(2), X, 5.0), torch.tensor([0.0, 0.5]))


def test_matrix_of_parameters():
    """The length is that of all entries of the matrix together.

    长度由矩阵的所有元素合起来计算。
    """
    result = clipped_mean_grad(lambda w, x: (w @ x).sum(), torch.ones(2, 2), torch.tensor([[3.0, 4.0]]), 1.0)
    torch.testing.assert_close(result, torch.tensor([[3.0, 4.0], [3.0, 4.0]]) / 50**0.5)
