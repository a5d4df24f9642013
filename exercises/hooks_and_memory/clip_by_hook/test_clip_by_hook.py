"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from clip_by_hook import clip_by_hook


@pytest.mark.parametrize(("limit", "expected"), [(5.0, [15.0, 15.0]), (10.0, [18.0, 30.0]), (20.0, [18.0, 36.0])])
def test_limits(limit, expected):
    """A limit below, between and above the entries of the gradient at y.

    界限小于、介于、大于 y 处梯度的各个元素。
    """
    result = clip_by_hook(lambda x: 3 * x, lambda y: (y**2).sum(), torch.tensor([1.0, 2.0]), limit)
    torch.testing.assert_close(result, torch.tensor(expected))


def test_entries_that_meet_in_x():
    """What was clipped at y is added up at x.

    在 y 处裁剪过的梯度，到 x 处再相加。
    """
    x = torch.tensor([1.0])
    result = clip_by_hook(lambda x: torch.cat([x, 10 * x]), lambda y: (y**2).sum(), x, 4.0)
    torch.testing.assert_close(result, torch.tensor([2.0 + 40.0]))


def test_x_is_left_alone():
    """The caller's x asks for no gradient afterwards.

    之后，调用者的 x 不要求梯度。
    """
    x = torch.tensor([1.0, 2.0])
    clip_by_hook(lambda x: 3 * x, lambda y: (y**2).sum(), x, 5.0)
    assert not x.requires_grad
