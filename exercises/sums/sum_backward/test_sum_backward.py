"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from sum_backward import sum_backward


def test_outputs_that_use_one_input_each():
    """When output i uses input i alone, the sum keeps the derivatives apart.

    当第 i 个输出只用到第 i 个输入时，求和之后各个导数仍然分开。
    """
    x = torch.tensor([1.0, 2.0, -3.0])
    torch.testing.assert_close(sum_backward(lambda x: x**3, x), torch.tensor([3.0, 12.0, 27.0]))


def test_every_output_counts_once():
    """Three outputs of two inputs: the derivatives of all three are added, none is averaged.

    两个输入、三个输出：三个输出的导数相加，不取平均。
    """
    x = torch.tensor([1.0, 3.0])
    result = sum_backward(lambda x: torch.stack([x[0] * x[1], x[0] ** 2, 5 * x[1]]), x)
    torch.testing.assert_close(result, torch.tensor([5.0, 6.0]))


def test_a_matrix_of_outputs():
    """The sum runs over rows and columns: all products x_i * x_j together are the square of the total.

    对行和列都求和：所有乘积 x_i * x_j 加起来就是总和的平方。
    """
    x = torch.tensor([1.0, 2.0, 4.0])
    torch.testing.assert_close(sum_backward(lambda x: torch.outer(x, x), x), torch.tensor([14.0, 14.0, 14.0]))


def test_a_single_output_is_its_own_sum():
    """A function that already returns one number needs no special case.

    本来就返回一个数的函数不需要特殊处理。
    """
    x = torch.tensor([[1.0, -2.0], [0.5, 3.0]])
    torch.testing.assert_close(sum_backward(lambda x: (x * x).sum(), x), 2 * x)


def test_x_is_left_alone():
    """Afterwards x holds no gradient and still does not ask for one.

    调用之后，x 没有梯度，也仍然不要求梯度。
    """
    x = torch.tensor([1.0, 2.0])
    sum_backward(lambda x: x * x, x)
    assert x.grad is None
    assert not x.requires_grad
