"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from jacobian_via_backward import jacobian_via_backward


def three_of_two(x):
    return torch.stack([x[0] * x[1], x[0] ** 2, 5 * x[1]])


def test_outputs_stand_in_rows():
    """Three outputs of two inputs make three rows and two columns.

    两个输入的三个输出构成三行两列。
    """
    assert jacobian_via_backward(three_of_two, torch.tensor([2.0, 3.0])).shape == (3, 2)


@pytest.mark.parametrize("row", [0, 1, 2])
def test_each_row_belongs_to_one_output(row):
    """Each row holds the derivatives of its own output and of no other.

    每一行只含自己那个输出的导数。
    """
    expected = [[3.0, 2.0], [4.0, 0.0], [0.0, 5.0]]
    assert jacobian_via_backward(three_of_two, torch.tensor([2.0, 3.0]))[row].tolist() == expected[row]


def test_linear_map_gives_its_own_matrix():
    """The Jacobian of y = B x is B.

    线性映射 y = B x 的雅可比矩阵就是 B 本身。
    """
    matrix = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]])
    assert torch.equal(jacobian_via_backward(lambda x: matrix @ x, torch.tensor([0.5, -1.0, 2.0])), matrix)


def test_other_shapes_are_flattened():
    """A 1 x 3 input and a 1 x 2 output give two rows and three columns.

    形状为 1 x 3 的输入和形状为 1 x 2 的输出给出两行三列。
    """
    jacobian = jacobian_via_backward(lambda x: x[:, :2] * x[:, 1:], torch.tensor([[2.0, 3.0, 4.0]]))
    assert jacobian.tolist() == [[3.0, 2.0, 0.0], [0.0, 4.0, 3.0]]


def test_argument_stays_as_it_was():
    """The caller's x is not touched.

    调用者的 x 保持原样。
    """
    x = torch.tensor([2.0, 3.0])
    jacobian_via_backward(three_of_two, x)
    assert x.tolist() == [2.0, 3.0]
    assert not x.requires_grad
    assert x.grad is None
