"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from step_in_backward import step_in_backward


def test_two_passes_of_the_example():
    """Two backward passes move both parameters twice.

    两次反向传播让两个参数各移动两次。
    """
    w, b = torch.tensor(1.0, requires_grad=True), torch.tensor(2.0, requires_grad=True)
    step_in_backward([w, b], 0.1)
    for _ in range(2):
        (w * b).backward()
    torch.testing.assert_close(torch.stack([w, b]).detach(), torch.tensor([0.61, 1.82]))


def test_gradients_are_freed():
    """No gradient is left after the pass.

    反向传播之后没有留下梯度。
    """
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    step_in_backward([w], 0.1)
    (w**2).sum().backward()
    assert w.grad is None
    assert w.is_leaf


def test_removed_hooks_do_nothing():
    """Once the hooks are removed, backward fills .grad and w stays.

    移除钩子之后，backward 填写 .grad，w 不动。
    """
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    for handle in step_in_backward([w, torch.ones(2)], 0.1):
        handle.remove()
    (w**2).sum().backward()
    assert w.grad.tolist() == [2.0, 4.0]
    assert w.tolist() == [1.0, 2.0]
