# canary: autograd-grader-withheld-5c1f9a2e7b
"""What a step keeps.

每一步保存了什么。
"""

from collections.abc import Callable

from torch import Tensor


def saved_for_backward(f: Callable[[Tensor], Tensor], x: Tensor) -> tuple[bool, bool]:
    """Return whether the graph behind f(x) keeps the memory of x, and whether it keeps the memory of f(x).

    f: function of one tensor, made of torch operations.
    x: float tensor, with or without requires_grad.

    f is computed on a leaf that requires grad and has the values of x. Memory is kept if backward raises once the
    numbers in it have been changed in place; a view has the memory of its original.

    Promised: x keeps its data, .grad and requires_grad; calling twice gives the same answer.
    """
    return raises_after_a_change(f, x, 0), raises_after_a_change(f, x, 1)


def raises_after_a_change(f: Callable[[Tensor], Tensor], x: Tensor, end: int) -> bool:
    """Return whether backward from f(x) raises once its input (end 0) or its output (end 1) was overwritten."""
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return False
    (leaf, y)[end].detach().zero_()  # a detached tensor shares the counter: the change is seen, though not recorded
    try:
        y.sum().backward()
    except RuntimeError:
        return True
    return False
