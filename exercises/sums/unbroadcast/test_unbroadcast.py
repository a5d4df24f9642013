"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from unbroadcast import unbroadcast


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ((2, 1), [[24.0], [42.0]]),
        ((3,), [18.0, 22.0, 26.0]),
        ((2, 1, 1), [[[15.0]], [[51.0]]]),
        ((), 66.0),
    ],
)
def test_sums_of_twelve_numbers(shape, expected):
    """The numbers 0 to 11 in the shape (2, 2, 3), brought back to four smaller shapes.

    形状为 (2, 2, 3) 的 0 到 11，分别回到四个更小的形状。
    """
    assert unbroadcast(torch.arange(12.0).reshape(2, 2, 3), shape).tolist() == expected


def test_agrees_with_autograd():
    """The gradient that autograd sends back to a bias.

    与自动求导传回给偏置的梯度一致。
    """
    weights = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5], [0.5, -1.0, 2.0], [1.0, 0.0, -3.0]])
    bias = torch.zeros(3, requires_grad=True)
    (weights * (torch.ones(4, 3) + bias)).sum().backward()
    torch.testing.assert_close(unbroadcast(weights, (3,)), bias.grad)


def test_the_same_shape_gives_a_copy():
    """Where nothing was stretched, the result is a copy of g and not g itself.

    没有拉伸任何维度时，结果是 g 的副本，而不是 g 本身。
    """
    g = torch.tensor([1.0, 2.0, 3.0])
    result = unbroadcast(g, (3,))
    result += 1
    assert g.tolist() == [1.0, 2.0, 3.0]
    assert result.tolist() == [2.0, 3.0, 4.0]
