"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from first_partials import first_partials


def at(a, b):
    return torch.tensor(a), torch.tensor(b)


def test_two_derivatives_in_a_tuple():
    """For x1^2 x2 at (3, 2) the derivatives are 2 x1 x2 = 12 and x1^2 = 9.

    x1^2 x2 在 (3, 2) 处的两个导数是 2 x1 x2 = 12 和 x1^2 = 9。
    """
    result = first_partials(lambda x1, x2: x1**2 * x2, *at(3.0, 2.0))
    assert [derivative.item() for derivative in result] == [12.0, 9.0]


def test_missing_argument_has_the_derivative_zero():
    """An argument that the function does not use has the derivative 0.

    函数没有用到的参数，导数为 0。
    """
    result = first_partials(lambda _x1, x2: x2**3, *at(3.0, 2.0))
    assert [derivative.item() for derivative in result] == [0.0, 12.0]


def test_arguments_stay_as_they_were():
    """The caller's tensors keep their flag and their old gradient.

    调用者的张量保持原样。标志和旧的梯度都不变。
    """
    x1, x2 = at(3.0, 2.0)
    x1.grad = torch.tensor(7.0)
    first_partials(lambda x1, x2: x1**2 * x2, x1, x2)
    assert not x1.requires_grad
    assert x1.grad == 7.0
    assert x2.grad is None
