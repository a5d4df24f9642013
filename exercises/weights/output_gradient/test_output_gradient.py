"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from output_gradient import output_gradient


def products(x):
    """y[i, j] = x[i] * x[j]**2."""
    return torch.outer(x, x**2)


@pytest.mark.parametrize(
    ("index", "expected"),
    [((0, 1), [9.0, 12.0]), ((1, 0), [12.0, 4.0]), ((-1, -1), [0.0, 27.0])],
)
def test_an_entry_of_a_matrix(index, expected):
    """Each entry of a matrix has a gradient of its own.

    矩阵的每个元素都有自己的梯度。
    """
    assert output_gradient(products, torch.tensor([2.0, 3.0]), index).tolist() == expected


@pytest.mark.parametrize(("index", "expected"), [(0, [1.0, 1.0, 1.0]), (1, [-4.0, 2.0, 0.0])])
def test_an_entry_of_a_vector(index, expected):
    """A vector of two outputs, three inputs: the gradient has the shape of x.

    两个输出、三个输入：梯度的形状与 x 相同。
    """
    x = torch.tensor([2.0, -4.0, 1.0])
    result = output_gradient(lambda x: torch.stack([x.sum(), x[0] * x[1]]), x, index)
    assert result.tolist() == expected


def test_x_is_left_alone():
    """Afterwards x holds no gradient and still does not ask for one.

    调用之后，x 没有梯度，也仍然不要求梯度。
    """
    x = torch.tensor([2.0, 3.0])
    output_gradient(products, x, (0, 0))
    assert x.grad is None
    assert not x.requires_grad
