"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from safe_where_grad import safe_where_grad


def is_positive(x):
    return x > 0


@pytest.mark.parametrize(("x", "expected"), [([4.0, 0.0, -1.0], [0.25, 3.0, 3.0]), ([1.0], [0.5]), ([-2.0], [3.0])])
def test_a_root_beside_a_line(x, expected):
    """The root has its slope where it is picked, and the line has slope 3 elsewhere.

    平方根在被选中处有自己的斜率，其余各处直线的斜率为 3。
    """
    result = safe_where_grad(is_positive, torch.sqrt, lambda x: 3 * x, torch.tensor(x), 1.0)
    torch.testing.assert_close(result, torch.tensor(expected))


def test_branches_the_other_way_round():
    """It makes no difference which of the two branches is the bad one.

    两个分支中哪一个有问题，都没有区别。
    """
    x = torch.tensor([-2.0, 4.0])
    result = safe_where_grad(lambda x: x <= 0, lambda x: x**2, torch.log, x, 1.0)
    torch.testing.assert_close(result, torch.tensor([-4.0, 0.25]))


def test_a_slope_that_is_infinite():
    """Where the root is picked at 0, its slope is infinite.

    如果在 0 处选中平方根，斜率就是无穷大。
    """
    result = safe_where_grad(lambda x: x >= 0, torch.sqrt, lambda x: 3 * x, torch.tensor([0.0, -1.0]), 1.0)
    assert result.tolist() == [float("inf"), 3.0]
