"""One gradient for each example.

逐样本的梯度。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def per_example_grads(f: Callable[[Tensor], Tensor], X: Tensor) -> Tensor:
    """Return the gradient of f at each row of X.

    f: differentiable function of one example of shape (n,); returns a tensor with one element that depends on it.
    X: floating point tensor of shape (B, n), one example in each row; may require grad and may hold an old .grad.

    Returns a tensor in the shape and dtype of X whose row b is the gradient of f at X[b]. f is called once for each
    row, with that row alone, and one backward pass is run for the whole batch.

    Promised: an old .grad of X does not enter the result; X keeps its data, .grad and requires_grad; the result
    carries no graph and shares no memory with X or its .grad; calling twice gives the same answer.
    """
    raise NotImplementedError
