"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from gradient_penalty import gradient_penalty


def test_the_example():
    """For p0 x^2 + p1 x the penalty counts for both parameters.

    对于 p0 x^2 + p1 x，惩罚项对两个参数都有影响。
    """
    params = [torch.tensor(3.0), torch.tensor(1.0)]
    result = gradient_penalty(lambda p, x: p[0] * x**2 + p[1] * x, params, torch.tensor(2.0))
    assert [gradient.item() for gradient in result] == [108.0, 28.0]


def test_several_entries():
    """For y = w . x the gradient with respect to x is w, so the penalty adds 2 w.

    对于 y = w . x，对 x 的梯度就是 w，惩罚项给梯度加上 2 w。
    """
    w, x = torch.tensor([1.0, -2.0, 0.5]), torch.tensor([3.0, 4.0, 5.0])
    (gradient,) = gradient_penalty(lambda p, x: (p[0] * x).sum(), [w], x)
    assert gradient.tolist() == [5.0, 0.0, 6.0]


def test_parameter_without_influence():
    """A parameter that f does not use has the gradient zero.

    f 没有用到的参数，梯度为零。
    """
    params = [torch.tensor(3.0), torch.tensor([1.0, 2.0])]
    used, unused = gradient_penalty(lambda p, x: p[0] * x**2, params, torch.tensor(2.0))
    assert used.item() == 100.0
    assert unused.tolist() == [0.0, 0.0]


def test_arguments_stay_as_they_were():
    """The caller's parameters and x are not touched.

    调用者的参数和 x 保持原样。
    """
    w, x = torch.tensor(3.0, requires_grad=True), torch.tensor(2.0)
    w.grad = torch.tensor(7.0)
    gradient_penalty(lambda p, x: p[0] * x**2, [w], x)
    assert w.grad == 7.0
    assert x.grad is None
    assert not x.requires_grad
