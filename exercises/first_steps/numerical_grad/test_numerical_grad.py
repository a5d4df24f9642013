"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from numerical_grad import numerical_grad


def cubic(x):
    return x[0] ** 3 * x[1]


@pytest.mark.parametrize(("eps", "expected"), [(0.5, [36.75, 8.0]), (0.25, [36.1875, 8.0])])
def test_the_central_quotient(eps, expected):
    """For a large eps the quotient differs from the derivative, which is (36, 8).

    eps 较大时，差商与导数 (36, 8) 有差别。
    """
    result = numerical_grad(cubic, torch.tensor([2.0, 3.0]), eps).double()
    torch.testing.assert_close(result, torch.tensor(expected, dtype=torch.float64))


def test_the_default_eps_is_close_to_the_derivative():
    """With the default eps the quotient is as good as the derivative.

    用默认的 eps，差商与导数几乎一样。
    """
    result = numerical_grad(cubic, torch.tensor([2.0, 3.0])).double()
    torch.testing.assert_close(result, torch.tensor([36.0, 8.0], dtype=torch.float64), rtol=0.0, atol=1e-5)


def test_the_shape_of_x():
    """The result has the shape of x, even for a single number.

    结果的形状与 x 相同，单个数也不例外。
    """
    x = torch.tensor([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]])
    result = numerical_grad(lambda x: (x * x).sum(), x, 0.5)
    assert result.tolist() == (2 * x).tolist()
    assert numerical_grad(lambda x: x * x, torch.tensor(1.5), 0.5).tolist() == 3.0


def test_x_is_left_alone():
    """The caller's x is not moved.

    调用者的 x 不会被移动。
    """
    x = torch.tensor([2.0, 3.0], dtype=torch.float64)
    numerical_grad(cubic, x, 0.5)
    assert x.tolist() == [2.0, 3.0]
