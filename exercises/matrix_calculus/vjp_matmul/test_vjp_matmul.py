"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from vjp_matmul import vjp_matmul

X = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
W = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def test_weights_of_one():
    """A 3 x 3 matrix x holds 1 to 9, w the first two of its rows, and all weights are 1.

    3 x 3 矩阵 x 依次是 1 到 9，w 是它的前两行，权重全为 1。
    """
    dx, dw = vjp_matmul(X, W, torch.ones(3, 2))
    torch.testing.assert_close(dx, torch.tensor([[5.0, 7.0, 9.0]] * 3))
    torch.testing.assert_close(dw, torch.tensor([[12.0, 15.0, 18.0]] * 2))


def test_one_weight_picks_one_entry():
    """If only y[2, 0] has a weight, only row 2 of x and row 0 of w matter.

    让 y[2, 0] 成为唯一有权重的元素。此时只有 x 的第 2 行和 w 的第 0 行起作用。
    """
    v = torch.zeros(3, 2)
    v[2, 0] = 10.0
    dx, dw = vjp_matmul(X, W, v)
    torch.testing.assert_close(dx, torch.tensor([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [10.0, 20.0, 30.0]]))
    torch.testing.assert_close(dw, torch.tensor([[70.0, 80.0, 90.0], [0.0, 0.0, 0.0]]))


@pytest.mark.parametrize(("n", "k", "m"), [(1, 1, 1), (2, 3, 4), (4, 2, 1)])
def test_a_gradient_has_the_shape_of_its_tensor(n, k, m):
    """Whatever the sizes are, dx has the shape of x, and dw has the shape of w.

    dx 总与 x 形状相同。dw 总与 w 形状相同。
    """
    x, w = torch.ones(n, k), torch.ones(m, k)
    dx, dw = vjp_matmul(x, w, torch.ones(n, m))
    assert dx.shape == x.shape
    assert dw.shape == w.shape


def test_a_gradient_says_what_a_small_step_changes():
    """Add 0.5 to one entry of w: the weighted sum grows by 0.5 times the entry of dw.

    给 w 的一个元素加上 0.5。加权和的增量就是 dw 对应元素的 0.5 倍。
    """
    v = torch.tensor([[1.0, -2.0], [0.5, 0.0], [3.0, 4.0]])
    moved = W.clone()
    moved[1, 2] += 0.5
    change = (v * (X @ moved.T)).sum() - (v * (X @ W.T)).sum()
    _, dw = vjp_matmul(X, W, v)
    torch.testing.assert_close(change, 0.5 * dw[1, 2])


def test_tensors_that_require_grad_stay_as_they_were():
    """The results carry no graph, and the old gradient of the caller is untouched.

    结果不带计算图。调用者以前的梯度也不变。
    """
    x = X.clone().requires_grad_()
    x.grad = torch.full((3, 3), 7.0)
    dx, dw = vjp_matmul(x, W, torch.ones(3, 2))
    assert not dx.requires_grad
    assert not dw.requires_grad
    assert torch.equal(x.grad, torch.full((3, 3), 7.0))
    assert not W.requires_grad
