"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from square_function import Square


def test_value():
    """The value is the square of each entry.

    值是每个元素的平方。
    """
    assert Square.apply(torch.tensor([1.0, -3.0])).tolist() == [1.0, 9.0]


def test_a_factor_behind_the_square():
    """A factor behind the square counts in the gradient.

    平方之后的因子要计入梯度。
    """
    x = torch.tensor(3.0, requires_grad=True)
    (5 * Square.apply(x)).backward()
    assert x.grad.item() == 30.0


def test_second_derivative():
    """The second derivative of 5 x^2 is 10.

    5 x^2 的二阶导数是 10。
    """
    x = torch.tensor(3.0, requires_grad=True)
    (first,) = torch.autograd.grad(5 * Square.apply(x), x, create_graph=True)
    (second,) = torch.autograd.grad(first, x)
    assert second.item() == 10.0


def test_changed_input_is_noticed():
    """Backward raises if the input was changed in place.

    输入被就地修改之后，反向传播报错。
    """
    x = 1 * torch.tensor([1.0, 2.0], requires_grad=True)
    y = Square.apply(x)
    x.mul_(10)
    message = ""
    try:
        y.sum().backward()
    except RuntimeError as problem:
        message = str(problem)
    assert "modified by an inplace operation" in message
