"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from accumulated_grad import accumulated_grad


def mean_of_squares(w, X):
    return ((w * X) ** 2).mean()


@pytest.mark.parametrize("sizes", [[4], [2, 2], [3, 1], [1, 1, 2]])
def test_any_split_gives_the_same(sizes):
    """The gradient of the mean over 1, 2, 3, 4 is 15, however the four are split.

    对 1、2、3、4 求平均，无论怎样切分，梯度都是 15。
    """
    result = accumulated_grad(mean_of_squares, torch.tensor(1.0), torch.tensor([1.0, 2.0, 3.0, 4.0]), sizes)
    torch.testing.assert_close(result, torch.tensor(15.0))


def test_two_parameters():
    """Each parameter gets its own gradient.

    每个参数得到自己的梯度。
    """
    X = torch.tensor([[1.0, 0.0], [0.0, 2.0], [3.0, 1.0]])
    result = accumulated_grad(lambda w, X: ((X @ w) ** 2).mean(), torch.tensor([1.0, -1.0]), X, [1, 2])
    torch.testing.assert_close(result, torch.tensor([14 / 3, -4 / 3]))


def test_parameters_are_left_alone():
    """The caller's w keeps its old gradient, and it plays no part.

    调用者的 w 保留旧的梯度，旧梯度不影响结果。
    """
    w = torch.tensor(1.0, requires_grad=True)
    w.grad = torch.tensor(100.0)
    result = accumulated_grad(mean_of_squares, w, torch.tensor([1.0, 2.0, 3.0, 4.0]), [3, 1])
    torch.testing.assert_close(result, torch.tensor(15.0))
    assert w.grad == 100.0
