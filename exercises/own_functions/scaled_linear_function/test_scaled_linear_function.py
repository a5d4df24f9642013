"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from scaled_linear_function import ScaledLinear


def test_gradients_of_the_example():
    """Both gradients of the example.

    示例中的两个梯度。
    """
    x = torch.tensor([[1.0, 2.0]], requires_grad=True)
    w = torch.tensor([[3.0, 4.0], [5.0, 6.0]], requires_grad=True)
    ScaledLinear.apply(x, w, 10).backward(torch.tensor([[1.0, 10.0]]))
    assert x.grad.tolist() == [[530.0, 640.0]]
    assert w.grad.tolist() == [[10.0, 20.0], [100.0, 200.0]]


def test_only_one_gradient_is_wanted():
    """A tensor that requires no grad gets none.

    不要求梯度的张量得不到梯度。
    """
    x = torch.tensor([[1.0, 2.0]])
    w = torch.tensor([[3.0, 4.0], [5.0, 6.0]], requires_grad=True)
    ScaledLinear.apply(x, w, 0.5).backward(torch.tensor([[1.0, 10.0]]))
    assert x.grad is None
    assert w.grad.tolist() == [[0.5, 1.0], [5.0, 10.0]]
