"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from saved_for_backward import saved_for_backward


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (torch.exp, (False, True)),
        (torch.sin, (True, False)),
        (lambda x: 3 * x, (False, False)),
        (torch.relu, (False, True)),
        (lambda x: x.sin().exp(), (True, True)),
    ],
)
def test_operations_of_the_example(f, expected):
    """The operations of the example, and exp of sin.

    示例中的运算，以及 sin 之后再取 exp。
    """
    assert saved_for_backward(f, torch.tensor([1.0, 2.0])) == expected


def test_x_is_left_alone():
    """The caller's x keeps its numbers.

    调用者的 x 数值不变。
    """
    x = torch.tensor([1.0, 2.0])
    saved_for_backward(torch.exp, x)
    assert x.tolist() == [1.0, 2.0]
