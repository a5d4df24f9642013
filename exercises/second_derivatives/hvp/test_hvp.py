"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from hvp import hvp


@pytest.mark.parametrize(("v", "expected"), [([1.0, 3.0], [10.0, 2.0]), ([0.0, 1.0], [2.0, 0.0])])
def test_the_example(v, expected):
    """For x0^2 x1 at (1, 2) the Hessian is [[4, 2], [2, 0]].

    x0^2 x1 在 (1, 2) 处的海森矩阵是 [[4, 2], [2, 0]]。
    """
    result = hvp(lambda x: x[0] ** 2 * x[1], torch.tensor([1.0, 2.0]), torch.tensor(v))
    assert result.tolist() == expected


def test_linear_function_gives_zeros():
    """The Hessian of a linear function is zero.

    线性函数的海森矩阵为零。
    """
    result = hvp(lambda x: 3 * x.sum(), torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0]))
    assert result.tolist() == [0.0, 0.0]


def test_constant_function_gives_zeros():
    """A result that does not depend on x has no graph, and its Hessian is zero.

    与 x 无关的结果没有计算图，它的海森矩阵为零。
    """
    result = hvp(lambda _: torch.tensor(3.0), torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0]))
    assert result.tolist() == [0.0, 0.0]


def test_matrix_argument():
    """The result has the shape of x.

    结果的形状与 x 相同。
    """
    x, v = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[1.0, 0.5], [0.0, 2.0]])
    assert hvp(lambda x: (x**3).sum(), x, v).tolist() == [[6.0, 6.0], [0.0, 48.0]]


def test_arguments_stay_as_they_were():
    """The caller's x and v are not touched.

    调用者的 x 和 v 保持原样。
    """
    x, v = torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0], requires_grad=True)
    hvp(lambda x: x[0] ** 2 * x[1], x, v)
    assert not x.requires_grad
    assert v.requires_grad
    assert x.grad is None
    assert v.grad is None
