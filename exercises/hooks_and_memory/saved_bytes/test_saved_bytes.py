"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from saved_bytes import saved_bytes


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (lambda x: x + 1, 0),
        (torch.exp, 16),
        (lambda x: x * x, 16),
        (lambda x: x.sin().exp(), 32),
        (lambda x: x[1:].sin(), 16),
    ],
)
def test_four_numbers_of_four_bytes(f, expected):
    """Functions of four float32 numbers that keep nothing, the result, the input, both, or a slice.

    四个 float32 数的函数：什么也不保存、保存结果、保存输入、两者都保存、保存一个切片。
    """
    assert saved_bytes(f, torch.tensor([0.0, 1.0, 2.0, 3.0])) == expected


def test_a_double_takes_twice_the_room():
    """A float64 number takes 8 bytes.

    一个 float64 数占 8 字节。
    """
    assert saved_bytes(torch.exp, torch.zeros(3, dtype=torch.float64)) == 24


def test_x_is_left_alone():
    """The caller's x asks for no gradient afterwards.

    之后，调用者的 x 不要求梯度。
    """
    x = torch.zeros(3)
    saved_bytes(torch.exp, x)
    assert not x.requires_grad
