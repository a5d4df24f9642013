"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from descend import descend


@pytest.mark.parametrize(("steps", "expected"), [(0, 1.0), (1, 0.8), (2, 0.64), (3, 0.512)])
def test_the_square(steps, expected):
    """Each step on w**2 with the learning rate 0.1 takes away a fifth.

    对 w**2 以学习率 0.1 走一步，就减少五分之一。
    """
    result = descend(lambda w: w**2, torch.tensor([1.0]), 0.1, steps)
    torch.testing.assert_close(result, torch.tensor([expected]))


def test_every_entry_moves_by_its_own_gradient():
    """Entries with unlike slopes move unlike far, and one that is not used stays.

    斜率不同的元素移动的距离不同，没有用到的元素留在原处。
    """
    result = descend(lambda w: w[0] ** 2 - 3 * w[1], torch.tensor([4.0, 1.0, 7.0]), 0.25, 2)
    torch.testing.assert_close(result, torch.tensor([1.0, 2.5, 7.0]))


def test_w_is_left_alone():
    """The caller's w does not move, holds no gradient and does not ask for one.

    调用者的 w 不会移动，没有梯度，也不要求梯度。
    """
    w = torch.tensor([1.0, -2.0])
    result = descend(lambda w: (w**2).sum(), w, 0.1, 3)
    assert w.tolist() == [1.0, -2.0]
    assert w.grad is None
    assert not w.requires_grad
    assert not result.requires_grad
