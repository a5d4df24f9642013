"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from jacobian_by_columns import jacobian_by_columns


def three_of_two(x):
    return torch.stack([x[0] * x[1], x[0] ** 2, 5 * x[1]])


def test_outputs_stand_in_rows():
    """Three outputs of two inputs make three rows and two columns.

    两个输入的三个输出构成三行两列。
    """
    assert jacobian_by_columns(three_of_two, torch.tensor([2.0, 3.0])).shape == (3, 2)


@pytest.mark.parametrize("column", [0, 1])
def test_each_column_belongs_to_one_input(column):
    """Each column holds the derivatives with respect to its own input.

    每一列都是对自己那个输入的导数。
    """
    expected = [[3.0, 4.0, 0.0], [2.0, 0.0, 5.0]]
    assert jacobian_by_columns(three_of_two, torch.tensor([2.0, 3.0]))[:, column].tolist() == expected[column]


def test_linear_map_gives_its_own_matrix():
    """The Jacobian of y = B x is B.

    线性映射 y = B x 的雅可比矩阵就是 B 本身。
    """
    matrix = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]])
    assert torch.equal(jacobian_by_columns(lambda x: matrix @ x, torch.tensor([0.5, -1.0, 2.0])), matrix)


def test_f_is_called_once_for_each_column_at_most():
    """f is called at most n times, and never with a tensor that requires grad.

    f 最多调用 n 次，而且传给它的张量都不要求梯度。
    """
    asked = []

    def f(x):
        asked.append(x.requires_grad)
        return three_of_two(x)

    jacobian_by_columns(f, torch.tensor([2.0, 3.0], requires_grad=True))
    assert 1 <= len(asked) <= 2
    assert not any(asked)


def test_argument_stays_as_it_was():
    """The caller's x is not touched.

    调用者的 x 保持原样。
    """
    x = torch.tensor([2.0, 3.0])
    jacobian_by_columns(three_of_two, x)
    assert x.tolist() == [2.0, 3.0]
    assert not x.requires_grad
    assert x.grad is None
