"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from straight_through import straight_through


def test_value_of_the_rounded_tensor():
    """The value is that of q(x).

    值就是 q(x) 的值。
    """
    x = torch.tensor([1.4, 2.6], requires_grad=True)
    result = straight_through(lambda x: 2 * torch.round(x), x)
    torch.testing.assert_close(result.detach(), torch.tensor([2.0, 6.0]))


def test_weights_arrive_unchanged():
    """The weights that backward starts from arrive at x unchanged.

    backward 的起始权重原封不动地到达 x。
    """
    x = torch.tensor([1.4, 2.6], requires_grad=True)
    straight_through(torch.round, x).backward(torch.tensor([1.0, 10.0]))
    assert x.grad.tolist() == [1.0, 10.0]


def test_slope_of_q_plays_no_part():
    """A q with a slope of its own does not change the gradient.

    自身带有斜率的 q 不改变梯度。
    """
    x = torch.tensor([1.5, 2.5], requires_grad=True)
    straight_through(lambda x: x**2, x).sum().backward()
    assert x.grad.tolist() == [1.0, 1.0]


def test_x_keeps_its_values():
    """The caller's x keeps its values.

    调用者的 x 数值不变。
    """
    x = torch.tensor([1.4, 2.6], requires_grad=True)
    straight_through(torch.round, x)
    torch.testing.assert_close(x.detach(), torch.tensor([1.4, 2.6]))
