from collections.abc import Callable

import torch


def sum_backward(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """Return the gradient at `x` of the sum of all entries of `f(x)`.

    f: differentiable, takes one tensor and returns one tensor that depends on it; its output has any shape.
    x: floating point, any shape; may require grad and may hold an old `.grad`.

    Returns a tensor with the shape and dtype of `x`. It does not depend on an old `.grad` of `x`, shares
    no memory with `x` or its `.grad`, and does not require grad. `x` is left as it was: its values, its
    `.grad` and its `requires_grad`. Calling twice gives the same answer.
    """
    raise NotImplementedError
