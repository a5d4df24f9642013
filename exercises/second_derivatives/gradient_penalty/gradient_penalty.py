"""A gradient inside the loss.

损失里的梯度。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def gradient_penalty(f: Callable[[list[Tensor], Tensor], Tensor], params: list[Tensor], x: Tensor) -> list[Tensor]:
    """Return the gradients, with respect to params, of y plus the sum of the squared entries of dy/dx.

    f: function of the parameters and x that returns a 0-d tensor y; it may ignore x and some of the parameters.
    params: float tensors of any shapes.
    x: float tensor of any shape.

    Returns a list of tensors with the shapes and dtypes of params; zeros for a parameter without influence.

    Promised: f is called once; old .grads do not enter the results; params and x keep their data, .grad and
    requires_grad; the results carry no graph and share no memory with params or x; calling twice gives the same
    answer.
    """
    raise NotImplementedError
