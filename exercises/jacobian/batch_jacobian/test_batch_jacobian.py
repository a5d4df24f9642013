"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from batch_jacobian import batch_jacobian


def f(x):
    return torch.stack([x[0] * x[1], x[0] ** 2, 5 * x[1]])


BATCH = torch.tensor([[2.0, 3.0], [1.0, 0.0], [-1.0, 0.5], [4.0, -2.0]])


def test_shape():
    """Four examples, three outputs and two inputs make the shape (4, 3, 2).

    四个样本、三个输出、两个输入，形状为 (4, 3, 2)。
    """
    assert batch_jacobian(f, BATCH).shape == (4, 3, 2)


@pytest.mark.parametrize("example", [0, 1, 2, 3])
def test_each_example_has_its_own_jacobian(example):
    """Entry b is the Jacobian at the example X[b].

    第 b 项是样本 X[b] 处的雅可比矩阵。
    """
    a, b = BATCH[example].tolist()
    assert batch_jacobian(f, BATCH)[example].tolist() == [[b, a], [2 * a, 0.0], [0.0, 5.0]]


def test_one_output_is_still_a_row():
    """With one output the shape is (B, 1, n).

    只有一个输出时，形状为 (B, 1, n)。
    """
    jacobians = batch_jacobian(lambda x: x[:1] * x[1], BATCH)
    assert jacobians.tolist() == [[[3.0, 2.0]], [[0.0, 1.0]], [[0.5, -1.0]], [[-2.0, 4.0]]]


def test_f_is_not_called_for_each_example():
    """A hundred examples do not mean a hundred calls of f.

    一百个样本并不意味着调用 f 一百次。
    """
    calls = []

    def counted(x):
        calls.append(1)
        return f(x)

    batch_jacobian(counted, torch.ones(100, 2))
    assert 1 <= len(calls) <= 3


def test_argument_stays_as_it_was():
    """The caller's X is not touched.

    调用者的 X 保持原样。
    """
    before = BATCH.clone()
    batch_jacobian(f, BATCH)
    assert torch.equal(BATCH, before)
    assert not BATCH.requires_grad
    assert BATCH.grad is None
