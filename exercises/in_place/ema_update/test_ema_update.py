"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from ema_update import ema_update


def test_numbers_of_the_caller_change():
    """The tensor that the caller holds has the new numbers.

    调用者手里的张量得到新的数值。
    """
    target = torch.tensor([1.0, 2.0])
    ema_update([target], [torch.tensor([3.0, 6.0])], 0.75)
    assert target.tolist() == [1.5, 3.0]


def test_a_leaf_remains_a_leaf():
    """A leaf that requires grad remains one, and can be trained on.

    要求梯度的叶子仍是叶子，可以继续训练。
    """
    target = torch.tensor([1.0, 2.0], requires_grad=True)
    ema_update([target], [torch.tensor([3.0, 6.0])], 0.75)
    (target**2).sum().backward()
    assert target.is_leaf
    assert target.grad.tolist() == [3.0, 6.0]


def test_several_pairs():
    """Each target follows the source at its own place in the list.

    每个 target 跟随列表中与自己位置相同的 source。
    """
    targets = [torch.tensor([8.0]), torch.tensor([[1.0, -1.0]])]
    ema_update(targets, [torch.tensor([4.0]), torch.tensor([[5.0, 3.0]])], 0.25)
    assert [target.tolist() for target in targets] == [[5.0], [[4.0, 2.0]]]


def test_a_pending_backward_raises():
    """A backward pass that needs the old numbers raises.

    还需要旧数的反向传播会报错。
    """
    target = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = (target**2).sum()
    ema_update([target], [torch.tensor([3.0, 6.0])], 0.75)
    message = ""
    try:
        loss.backward()
    except RuntimeError as problem:
        message = str(problem)
    assert "modified by an inplace operation" in message
