"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from vjp_and_jvp import vjp_and_jvp

X = torch.tensor([2.0, 3.0])


def square(x):
    return torch.stack([x[0] ** 2 + 3 * x[1], x[1] ** 2 + 2 * x[0]])


def three_of_two(x):
    return torch.stack([x[0] * x[1], x[0] ** 2, 5 * x[1]])


def test_v_weights_the_rows():
    """The first result adds the rows of the Jacobian, each with its weight from v.

    第一个结果把雅可比矩阵的各行按 v 中的权重相加。
    """
    assert vjp_and_jvp(square, X, torch.tensor([5.0, 7.0]), torch.tensor([1.0, -1.0]))[0].tolist() == [34.0, 57.0]


def test_u_weights_the_columns():
    """The second result adds the columns of the Jacobian, each with its weight from u.

    第二个结果把雅可比矩阵的各列按 u 中的权重相加。
    """
    assert vjp_and_jvp(square, X, torch.tensor([5.0, 7.0]), torch.tensor([1.0, -1.0]))[1].tolist() == [1.0, -4.0]


@pytest.mark.parametrize("j", [0, 1])
def test_a_one_hot_u_gives_a_column(j):
    """For a u with a single 1, J u is one column of J.

    u 只有一个元素为 1 时，J u 就是 J 的一列。
    """
    columns = [[3.0, 4.0, 0.0], [2.0, 0.0, 5.0]]
    _, column = vjp_and_jvp(three_of_two, X, torch.ones(3), torch.eye(2)[j])
    assert column.tolist() == columns[j]


def test_a_linear_map_has_both_products():
    """For y = B x they are v^T B and B u.

    对 y = B x，两个乘积分别是 v^T B 和 B u。
    """
    matrix = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]])
    v, u = torch.tensor([1.0, 2.0]), torch.tensor([2.0, 0.0, -1.0])
    vjp, jvp = vjp_and_jvp(lambda x: matrix @ x, torch.zeros(3), v, u)
    assert vjp.tolist() == [9.0, 12.0, 16.0]
    assert jvp.tolist() == [-1.0, 1.5]


def test_arguments_stay_as_they_were():
    """The caller's x, v and u are not touched, and the results carry no graph.

    x、v、u 保持原样，结果不带计算图。
    """
    v, u = torch.tensor([5.0, 7.0]), torch.tensor([1.0, -1.0])
    results = vjp_and_jvp(square, X, v, u)
    assert not any(tensor.requires_grad for tensor in (X, v, u, *results))
    assert X.grad is None
