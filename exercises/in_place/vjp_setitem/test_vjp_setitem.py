"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from vjp_setitem import vjp_setitem


def test_one_number_in_two_places():
    """A number that is written twice collects two weights.

    写了两处的数收到两份权重。
    """
    base, v = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([5.0, 7.0, 9.0])
    d_base, d_value = vjp_setitem(base, torch.tensor(10.0), [0, 2], v)
    torch.testing.assert_close(d_base, torch.tensor([0.0, 7.0, 0.0]))
    torch.testing.assert_close(d_value, torch.tensor(14.0))


def test_a_row_is_written():
    """What was a row of base gets nothing; its weights go to value.

    base 中被覆盖的那一行什么也得不到，它的权重归 value。
    """
    base, value = torch.ones(2, 2), torch.tensor([3.0, 4.0])
    d_base, d_value = vjp_setitem(base, value, -1, torch.tensor([[1.0, 2.0], [5.0, 6.0]]))
    torch.testing.assert_close(d_base, torch.tensor([[1.0, 2.0], [0.0, 0.0]]))
    torch.testing.assert_close(d_value, torch.tensor([5.0, 6.0]))


def test_base_is_left_alone():
    """The caller's base keeps its numbers.

    调用者的 base 数值不变。
    """
    base = torch.tensor([1.0, 2.0, 3.0])
    vjp_setitem(base, torch.tensor(10.0), 1, torch.ones(3))
    assert base.tolist() == [1.0, 2.0, 3.0]
