"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from weighted_grad import weighted_grad


def mixing(x):
    """Two outputs that both use both inputs; at (1, 2) their derivatives are (1, 2) and (6, 3)."""
    return torch.stack([x[0] + 2 * x[1], 3 * x[0] * x[1]])


def test_each_weight_scales_its_own_output():
    """When output i uses input i alone, weight i simply scales that derivative.

    当第 i 个输出只用到第 i 个输入时，第 i 个权重只是缩放这个导数。
    """
    x = torch.tensor([1.0, 2.0, 3.0])
    v = torch.tensor([1.0, 0.0, -2.0])
    torch.testing.assert_close(weighted_grad(lambda x: 5 * x, x, v), torch.tensor([5.0, 0.0, -10.0]))


@pytest.mark.parametrize(
    ("v", "expected"),
    [([1.0, 0.0], [1.0, 2.0]), ([0.0, 1.0], [6.0, 3.0]), ([1.0, -0.5], [-2.0, 0.5])],
)
def test_weights_belong_to_outputs(v, expected):
    """A v with a single 1 gives the derivatives of that output; any other v mixes them.

    v 只有一个 1 时，得到那个输出的导数；其他的 v 会把它们混合起来。
    """
    result = weighted_grad(mixing, torch.tensor([1.0, 2.0]), torch.tensor(v))
    torch.testing.assert_close(result, torch.tensor(expected))


def test_result_has_the_shape_of_x():
    """Three outputs, two inputs: v has three entries, the gradient has two.

    三个输出、两个输入：v 有三个元素，梯度有两个元素。
    """
    b = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    result = weighted_grad(lambda x: b @ x, torch.tensor([0.5, -1.0]), torch.tensor([1.0, 0.0, 2.0]))
    torch.testing.assert_close(result, torch.tensor([11.0, 14.0]))


def test_twice_the_weights_give_twice_the_gradient():
    """The gradient is linear in v: the weights are neither averaged nor scaled to a sum of 1.

    梯度对 v 是线性的：权重既不取平均，也不归一化。
    """
    x, v = torch.tensor([1.0, 2.0]), torch.tensor([0.25, 3.0])
    torch.testing.assert_close(weighted_grad(mixing, x, 2 * v), 2 * weighted_grad(mixing, x, v))


def test_arguments_are_left_alone():
    """Afterwards x and v hold no gradient and still do not ask for one.

    调用之后，x 和 v 都没有梯度，也仍然不要求梯度。
    """
    x, v = torch.tensor([1.0, 2.0]), torch.ones(2)
    weighted_grad(mixing, x, v)
    assert (x.grad, v.grad) == (None, None)
    assert not x.requires_grad
    assert not v.requires_grad
