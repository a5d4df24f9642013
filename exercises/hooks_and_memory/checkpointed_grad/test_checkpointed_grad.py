"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from checkpointed_grad import checkpointed_grad

BLOCKS = [lambda x: x**2, lambda x: x * x.flip(0), lambda x: 3 * x]


def test_gradient_of_the_example():
    """The gradient is that of the whole chain.

    梯度就是整条链的梯度。
    """
    result = checkpointed_grad(BLOCKS, torch.tensor([1.0, 2.0]), torch.tensor([1.0, 10.0]))
    torch.testing.assert_close(result, torch.tensor([264.0, 132.0]))


def test_calls_of_the_blocks():
    """Each block is recorded once, the last one first.

    每一块记录一次，最后一块最先。
    """
    recorded = []

    def watched(number):
        def block(x):
            result = BLOCKS[number](x)
            if result.requires_grad:
                recorded.append(number)
            return result

        return block

    checkpointed_grad([watched(number) for number in range(3)], torch.tensor([1.0, 2.0]), torch.tensor([1.0, 10.0]))
    assert recorded == [2, 1, 0]


def test_no_blocks():
    """Without blocks the gradient is a copy of v.

    没有块时，梯度是 v 的副本。
    """
    v = torch.tensor([1.0, 10.0])
    result = checkpointed_grad([], torch.tensor([1.0, 2.0]), v)
    assert result.tolist() == [1.0, 10.0]
    assert result is not v
