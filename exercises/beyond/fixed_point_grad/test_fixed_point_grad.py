"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from fixed_point_grad import fixed_point_grad


@pytest.mark.parametrize("start", [0.0, 2.0, -1000.0])
def test_the_example(start):
    """The start makes no difference.

    起点不影响结果。
    """
    result = fixed_point_grad(lambda w, z: w * z / 2 + 1, torch.tensor(1.0), torch.tensor(start), torch.tensor(1.0))
    torch.testing.assert_close(result, torch.tensor(2.0))


def test_two_entries():
    """For z0 = z1 / 4 + w and z1 = z0 / 2, the limit is (8/7, 4/7) times w.

    当 z0 = z1 / 4 + w、z1 = z0 / 2 时，极限是 w 的 (8/7, 4/7) 倍。
    """
    result = fixed_point_grad(
        lambda w, z: torch.stack([z[1] / 4 + w, z[0] / 2]),
        torch.tensor(3.0),
        torch.zeros(2),
        torch.tensor([1.0, 10.0]),
    )
    torch.testing.assert_close(result, torch.tensor(48 / 7))


def test_arguments_stay_as_they_were():
    """The arguments are not touched, and the result carries no graph.

    参数保持原样，结果不带计算图。
    """
    w, z0 = torch.tensor(1.0, requires_grad=True), torch.tensor(0.0)
    result = fixed_point_grad(lambda w, z: w * z / 2 + 1, w, z0, torch.tensor(1.0))
    assert w.grad is None
    assert z0 == 0.0
    assert not z0.requires_grad
    assert not result.requires_grad
