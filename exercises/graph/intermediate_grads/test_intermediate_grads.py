"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from intermediate_grads import intermediate_grads


def test_the_example():
    """For y = 3 x and the sum of y^2: 2 y in the middle, three times that at x.

    y = 3 x，z 为 y^2 之和：中间是 2 y，在 x 处是它的三倍。
    """
    at_y, at_x = intermediate_grads(lambda x: 3 * x, lambda y: (y**2).sum(), torch.tensor([1.0, 2.0]))
    assert at_y.tolist() == [6.0, 12.0]
    assert at_x.tolist() == [18.0, 36.0]


def test_shapes_may_differ():
    """The first result has the shape of y, the second the shape of x.

    第一个结果的形状与 y 相同，第二个与 x 相同。
    """
    matrix = torch.tensor([[1.0, 2.0, 0.0], [0.0, -1.0, 4.0]])
    at_y, at_x = intermediate_grads(lambda x: matrix @ x, lambda y: y[0] * y[1], torch.tensor([1.0, 1.0, 1.0]))
    assert at_y.tolist() == [3.0, 3.0]
    assert at_x.tolist() == [3.0, 3.0, 12.0]


def test_argument_stays_as_it_was():
    """The caller's x is not touched.

    调用者的 x 保持原样。
    """
    x = torch.tensor([1.0, 2.0])
    intermediate_grads(lambda x: 3 * x, lambda y: (y**2).sum(), x)
    assert not x.requires_grad
    assert x.grad is None
