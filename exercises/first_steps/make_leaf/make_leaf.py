"""A leaf of your own.

自己的叶子张量。
"""

import torch
from torch import Tensor


def make_leaf(values: Tensor | list | float, dtype: torch.dtype = torch.float32) -> Tensor:
    """Return a new leaf that requires grad and holds the given numbers.

    values: a number, a nested list of numbers, or a tensor of any dtype; numbers may be whole. A tensor may require
        grad, hold an old .grad, or be the result of a computation.
    dtype: the floating point dtype of the result.

    Returns a leaf with the numbers and the shape of values, exactly of dtype `dtype`, that requires grad, whose
    .grad is None, and whose memory is its own.

    Promised: a tensor given as values keeps its data, .grad and requires_grad, and no backward from the result
    reaches it.
    """
    raise NotImplementedError
