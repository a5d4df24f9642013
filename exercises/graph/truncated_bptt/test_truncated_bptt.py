"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from truncated_bptt import truncated_bptt


def test_the_example():
    """For h = w h with w = 2, h0 = 1: the states before, 1, 2, 4.

    h = w h，w = 2，h0 = 1：结果是各步之前的状态 1、2、4。
    """
    result = truncated_bptt(lambda w, h: w * h, torch.tensor(2.0), torch.tensor(1.0), 3)
    assert [gradient.item() for gradient in result] == [1.0, 2.0, 4.0]


def test_gradients_have_the_shape_of_w():
    """The sum of w h with respect to a matrix w: each row is the state before.

    w h 的元素之和对矩阵 w 求导：每一行都是前一个状态。
    """
    w, h0 = torch.tensor([[1.0, 2.0], [0.0, -1.0]]), torch.tensor([3.0, 4.0])
    result = truncated_bptt(lambda w, h: w @ h, w, h0, 2)
    assert [gradient.tolist() for gradient in result] == [[[3.0, 4.0], [3.0, 4.0]], [[11.0, -4.0], [11.0, -4.0]]]


def test_arguments_stay_as_they_were():
    """The caller's w and h0 are not touched.

    调用者的 w 和 h0 保持原样。
    """
    w, h0 = torch.tensor(2.0), torch.tensor(1.0, requires_grad=True)
    truncated_bptt(lambda w, h: w * h, w, h0, 3)
    assert not w.requires_grad
    assert w.grad is None
    assert h0.grad is None
