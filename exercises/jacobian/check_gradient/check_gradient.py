"""Test a gradient against difference quotients.

用差商检验梯度。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def check_gradient(f: Callable[[Tensor], Tensor], x: Tensor) -> bool:
    """Return whether autograd's derivatives of f at x agree with central difference quotients.

    f: function of one floating point tensor that returns one; called with float64 tensors only.
    x: floating point tensor of any shape, often float32.

    Returns a bool: True if every entry of the Jacobian agrees, False if one is off by one part in a thousand or
    more. A wrong gradient raises nothing.

    Promised: an old .grad of x does not matter; x keeps its data, .grad and requires_grad; calling twice gives
    the same answer.
    """
    raise NotImplementedError
