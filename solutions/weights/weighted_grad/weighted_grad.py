# canary: autograd-grader-withheld-5c1f9a2e7b
from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """Return the gradient at `x` of the sum over all outputs of `v[i] * f(x)[i]`.

    f: differentiable, takes one tensor and returns one tensor that depends on it.
    x: floating point, any shape; may require grad and may hold an old `.grad`.
    v: one weight for each entry of `f(x)`, in the very shape of `f(x)`; integers are allowed.

    Returns a tensor with the shape and dtype of `x`. It does not depend on an old `.grad` of `x`, shares
    no memory with `x` or its `.grad`, and does not require grad. `x` is left as it was: its values, its
    `.grad` and its `requires_grad`. Calling twice gives the same answer.
    """
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v)
    return leaf.grad
