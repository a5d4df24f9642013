"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from backprop_chain import backprop_chain

SQUARE = (lambda x: (x**2).detach(), lambda x, g: 2 * x * g)
DOUBLE = (lambda x: (2 * x).detach(), lambda _x, g: 2 * g)
MIX = (
    lambda y: torch.stack([y[0] + y[1], y[0] - y[1], 3 * y[1]]).detach(),
    lambda _y, g: torch.stack([g[0] + g[1], g[0] - g[1] + 3 * g[2]]),
)
X, V = torch.tensor([1.0, 2.0]), torch.tensor([1.0, 0.0, 1.0])


@pytest.mark.parametrize(("stage", "expected"), [(0, [2.0, 16.0]), (1, [1.0, 4.0]), (2, [1.0, 0.0, 1.0])])
def test_every_stage_has_its_gradient(stage, expected):
    """The list holds the gradients at x, at the middle stage and at the end.

    列表里依次是 x 处、中间阶段和末尾的梯度。
    """
    assert backprop_chain([SQUARE, MIX], X, V)[stage].tolist() == expected


def test_the_chain_of_document_004():
    """For z = 2 (2 x) the gradients are 4 v, 2 v and v.

    对 z = 2 (2 x)，各梯度是 4 v、2 v 和 v。
    """
    v = torch.tensor([0.1, 1.0, 0.0001])
    for gradient, factor in zip(backprop_chain([DOUBLE, DOUBLE], torch.ones(3), v), (4, 2, 1), strict=True):
        torch.testing.assert_close(gradient, factor * v)


def test_no_step():
    """Without a step there is one gradient: a copy of v.

    没有步骤时只有一个梯度：v 的副本。
    """
    v = torch.tensor([3.0, -1.0])
    (only,) = backprop_chain([], X, v)
    assert only.tolist() == [3.0, -1.0]
    assert only is not v


def test_every_vjp_is_called_once():
    """Each vjp is called once, the last step's first.

    每个 vjp 恰好调用一次，最后一步的最先调用。
    """
    order = []

    def watched(name, step):
        return step[0], lambda x, g: (order.append(name), step[1](x, g))[1]

    backprop_chain([watched("first", SQUARE), watched("second", SQUARE), watched("third", MIX)], X, V)
    assert order == ["third", "second", "first"]


def test_arguments_stay_as_they_were():
    """The caller's x and v are not touched.

    调用者的 x 和 v 保持原样。
    """
    backprop_chain([SQUARE, MIX], X, V)
    assert X.tolist() == [1.0, 2.0]
    assert V.tolist() == [1.0, 0.0, 1.0]
    assert not X.requires_grad
    assert not V.requires_grad
