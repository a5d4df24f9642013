"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from scaled_step import scaled_step


def half_of_squares(p):
    return (p[0] ** 2).sum() / 2 + (p[1] ** 2).sum() / 2


@pytest.mark.parametrize("scale", [1.0, 16.0, 65536.0])
def test_the_scale_leaves_no_trace(scale):
    """Gradients 3 and 4 are clipped to the norm 1, whatever the scale is.

    无论 scale 是多少，梯度 3 和 4 都裁剪到范数 1。
    """
    params, moved = scaled_step(half_of_squares, [torch.tensor([3.0]), torch.tensor([4.0])], 0.5, scale, 1.0)
    torch.testing.assert_close(params, [torch.tensor([2.7]), torch.tensor([3.6])])
    assert moved is True


def test_nothing_to_clip():
    """A norm below the limit leaves the gradients alone.

    范数低于限制时，梯度不变。
    """
    params, moved = scaled_step(half_of_squares, [torch.tensor([3.0]), torch.tensor([4.0])], 0.5, 8.0, 100.0)
    torch.testing.assert_close(params, [torch.tensor([1.5]), torch.tensor([2.0])])
    assert moved is True


def test_infinite_slope():
    """Where one gradient is infinite, no parameter moves.

    只要有一个梯度是无穷大，所有参数都不动。
    """
    start = [torch.tensor([3.0]), torch.tensor([4.0])]
    params, moved = scaled_step(lambda p: (p[0] - 3).sqrt().sum() + p[1].sum(), start, 0.5, 8.0, 1.0)
    torch.testing.assert_close(params, start)
    assert moved is False
    assert params[0] is not start[0]
