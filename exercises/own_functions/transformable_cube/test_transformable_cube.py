"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from transformable_cube import Cube


def test_gradient():
    """The slope at 2 is 12.

    在 2 处的斜率是 12。
    """
    assert torch.func.grad(Cube.apply)(torch.tensor(2.0)).item() == 12.0


def test_gradients_of_a_batch():
    """vmap gives the slope at each entry.

    vmap 给出每个元素处的斜率。
    """
    assert torch.func.vmap(torch.func.grad(Cube.apply))(torch.tensor([1.0, 2.0])).tolist() == [3.0, 12.0]


def test_direction():
    """In the direction 5 the result moves by 60.

    沿方向 5，结果移动 60。
    """
    value, moved = torch.func.jvp(Cube.apply, (torch.tensor(2.0),), (torch.tensor(5.0),))
    assert (value.item(), moved.item()) == (8.0, 60.0)


def test_jacobian_by_columns():
    """The Jacobian of a vector has the slopes on its diagonal.

    向量的雅可比矩阵，对角线上是各个斜率。
    """
    assert torch.func.jacfwd(Cube.apply)(torch.tensor([1.0, 2.0])).tolist() == [[3.0, 0.0], [0.0, 12.0]]
