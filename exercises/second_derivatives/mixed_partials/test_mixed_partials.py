"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from mixed_partials import mixed_partials


def at(a, b):
    return torch.tensor(a), torch.tensor(b)


def test_tutorial_function():
    """The function of the tutorial at (3, 1): two pure second derivatives and two mixed ones.

    教程里的函数在 (3, 1) 处的两个纯二阶偏导和两个混合偏导。
    """
    result = mixed_partials(lambda x1, x2: x1**2 + x2**2 + x1 * x2, *at(3.0, 1.0))
    torch.testing.assert_close(result, torch.tensor([[2.0, 1.0], [1.0, 2.0]]))


def test_the_variables_play_different_parts():
    """For x1^3 x2^2 the first derivatives are 3 x1^2 x2^2 and 2 x1^3 x2. Go on by hand from there.

    x1^3 x2^2 的一阶导数是 3 x1^2 x2^2 和 2 x1^3 x2。请接着用手算下去。
    """
    result = mixed_partials(lambda x1, x2: x1**3 * x2**2, *at(2.0, 3.0))
    torch.testing.assert_close(result, torch.tensor([[108.0, 72.0], [72.0, 16.0]]))


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (lambda x1, x2: x1**2 * x2, [[6.0, 4.0], [4.0, 0.0]]),
        (lambda x1, x2: x1**2 + x2**3, [[2.0, 0.0], [0.0, 18.0]]),
        (lambda x1, x2: 3 * x1 + 5 * x2, [[0.0, 0.0], [0.0, 0.0]]),
    ],
    ids=["x1**2 * x2", "x1**2 + x2**3", "3 * x1 + 5 * x2"],
)
def test_functions_that_stop_the_lines_of_the_tutorial(f, expected):
    """What does not depend on a variable has the derivative 0 with respect to it.

    不依赖某个变量的量对它的导数为 0。
    """
    torch.testing.assert_close(mixed_partials(f, *at(2.0, 3.0)), torch.tensor(expected))


def test_arguments_stay_as_they_were():
    """Whoever calls you keeps their tensors: same flag, same old gradient.

    调用者的张量保持原样。标志和以前的梯度都不变。
    """
    x1, x2 = at(2.0, 3.0)
    x1.grad = torch.tensor(7.0)
    mixed_partials(lambda x1, x2: x1**3 * x2**2, x1, x2)
    assert not x1.requires_grad
    assert x1.grad == 7.0
    assert x2.grad is None
