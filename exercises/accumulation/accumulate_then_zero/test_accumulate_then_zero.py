"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from accumulate_then_zero import accumulate_then_zero


def square(x):
    return (x**2).sum()


def cube(x):
    return (x**3).sum()


def test_first_reading_belongs_to_f_alone():
    """The first reading is the gradient of f and stays so.

    第一次读到的是 f 的梯度，之后它不再变化。
    """
    a, _, _ = accumulate_then_zero(square, cube, torch.tensor([1.0, -2.0]))
    assert a.tolist() == [2.0, -4.0]


def test_second_reading_is_a_sum():
    """The second reading is larger than what g alone would give.

    第二次读到的比 g 单独给出的更多。
    """
    a, b, c = accumulate_then_zero(square, cube, torch.tensor([1.0, -2.0]))
    assert b.tolist() == [5.0, 8.0]
    assert torch.equal(b, a + c)


def test_third_reading_starts_from_nothing():
    """After clearing only g counts.

    清零之后只有 g 起作用。
    """
    _, _, c = accumulate_then_zero(square, cube, torch.tensor([1.0, -2.0]))
    assert c.tolist() == [3.0, 12.0]


@pytest.mark.parametrize("shape", [(), (1,), (2, 3)])
def test_readings_have_the_shape_of_x(shape):
    """Each reading has the shape of x.

    每个结果的形状都与 x 相同。
    """
    x = torch.full(shape, 0.5)
    assert [reading.shape for reading in accumulate_then_zero(square, cube, x)] == [x.shape] * 3


def test_argument_stays_as_it_was():
    """The caller's x is not touched.

    调用者的 x 保持原样。
    """
    x = torch.tensor([1.0, 2.0])
    accumulate_then_zero(square, cube, x)
    assert x.tolist() == [1.0, 2.0]
    assert not x.requires_grad
    assert x.grad is None
