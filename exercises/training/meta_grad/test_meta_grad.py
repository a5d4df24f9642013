"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from meta_grad import meta_grad


def test_the_example():
    """A cubic training loss and a quadratic validation loss.

    三次的训练损失，二次的验证损失。
    """
    result = meta_grad(lambda w: (w**3).sum(), lambda w: (w**2).sum(), torch.tensor([2.0]), 0.1)
    torch.testing.assert_close(result, torch.tensor([-0.32]))


def test_entries_that_act_on_each_other():
    """A training loss in which each entry's gradient contains the other one.

    训练损失中，每个元素的梯度都含有另一个元素。
    """
    result = meta_grad(lambda w: w[0] * w[1], lambda w: w[0], torch.tensor([3.0, 5.0]), 0.5)
    torch.testing.assert_close(result, torch.tensor([1.0, -0.5]))


def test_no_step():
    """With the learning rate 0 it is the gradient of val at w.

    学习率为 0 时，就是 val 在 w 处的梯度。
    """
    result = meta_grad(lambda w: (w**3).sum(), lambda w: (w**2).sum(), torch.tensor([2.0]), 0.0)
    torch.testing.assert_close(result, torch.tensor([4.0]))


def test_w_is_left_alone():
    """The caller's w does not move and gets no gradient.

    调用者的 w 不会移动，也不会得到梯度。
    """
    w = torch.tensor([2.0, -1.0], requires_grad=True)
    result = meta_grad(lambda w: (w**3).sum(), lambda w: (w**2).sum(), w, 0.1)
    assert w.tolist() == [2.0, -1.0]
    assert w.grad is None
    assert not result.requires_grad
