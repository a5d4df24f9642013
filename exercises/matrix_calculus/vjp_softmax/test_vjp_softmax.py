"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from vjp_softmax import vjp_softmax

Z = torch.tensor([1.0, 2.0, 5.0]).log()  # so that s = (1/8, 2/8, 5/8)


@pytest.mark.parametrize(
    ("j", "expected"), [(0, [0.875, -0.25, -0.625]), (1, [-0.25, 1.5, -1.25]), (2, [-0.625, -1.25, 1.875])]
)
def test_one_weight_gives_one_row(j, expected):
    """A weight of 8 at s_j alone gives 8 times row j of the Jacobian.

    只有 s_j 有权重 8 时，得到雅可比矩阵第 j 行的 8 倍。
    """
    torch.testing.assert_close(vjp_softmax(Z, 8 * torch.eye(3)[j]), torch.tensor(expected))


def test_equal_weights_give_zero():
    """The entries of softmax add up to 1 whatever z is, so equal weights give no slope.

    无论 z 是多少，softmax 各元素之和都是 1，所以权重全部相等时斜率为零。
    """
    torch.testing.assert_close(vjp_softmax(Z, torch.full((3,), 4.0)), torch.zeros(3))


def test_rows_of_a_batch_are_apart():
    """Each row of a batch has its own softmax and its own gradient.

    一批数据中每一行有自己的 softmax，也有自己的梯度。
    """
    z = torch.stack([Z, Z + 7.0])
    v = torch.tensor([[8.0, 0.0, 0.0], [0.0, 8.0, 0.0]])
    expected = torch.tensor([[0.875, -0.25, -0.625], [-0.25, 1.5, -1.25]])
    torch.testing.assert_close(vjp_softmax(z, v), expected)


def test_large_logits_give_numbers():
    """For logits that are 1000 apart the result holds no nan.

    logits 相差 1000 时，结果中没有 nan。
    """
    assert vjp_softmax(torch.tensor([1000.0, 0.0]), torch.tensor([1.0, 0.0])).tolist() == [0.0, 0.0]


def test_arguments_stay_as_they_were():
    """The caller's z and v are not touched, and the result carries no graph.

    z 和 v 保持原样，结果不带计算图。
    """
    z, v = Z.clone().requires_grad_(), torch.ones(3)
    assert not vjp_softmax(z, v).requires_grad
    assert torch.equal(z, Z)
    assert z.grad is None
    assert v.tolist() == [1.0, 1.0, 1.0]
