"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from check_gradient import check_gradient

X = torch.tensor([1.1, 2.2])


def right(x):
    return (x**3).sum()


def wrong(x):
    return (x**2 * x.detach()).sum()


def test_a_right_gradient_is_found_right():
    """The answer for x cubed is True, although x is in float32.

    对 x 的三次方，答案是 True，尽管 x 是 float32。
    """
    assert check_gradient(right, X) is True


def test_a_wrong_gradient_is_found_wrong():
    """The answer is False, not an exception, where a factor is detached.

    有一个因子被 detach 时，答案是 False，而不是抛出异常。
    """
    assert check_gradient(wrong, X) is False


@pytest.mark.parametrize(("number", "answer"), [(0.5, True), (0.0, False), (-0.5, True)])
def test_relu_has_a_kink_at_zero(number, answer):
    """Beside the kink both slopes agree; at 0 autograd says 0 and the difference quotient 1/2.

    在折点两侧，两种斜率一致；在 0 处，自动求导给出 0，差商给出 1/2。
    """
    assert check_gradient(torch.relu, torch.tensor(number)) is answer


def test_f_gets_float64():
    """Calls of f are given float64 tensors only.

    只用 float64 张量调用 f。
    """
    seen = set()

    def f(x):
        seen.add(x.dtype)
        return x.sin()

    assert check_gradient(f, X)
    assert seen == {torch.float64}


def test_argument_stays_as_it_was():
    """The caller's x is not touched.

    调用者的 x 保持原样。
    """
    x = X.clone()
    assert check_gradient(right, x)
    assert torch.equal(x, X)
    assert x.dtype == torch.float32
    assert not x.requires_grad
    assert x.grad is None
