# canary: autograd-grader-withheld-5c1f9a2e7b
"""Test a gradient against difference quotients.

用差商检验梯度。
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.autograd import gradcheck


def check_gradient(f: Callable[[Tensor], Tensor], x: Tensor) -> bool:
    """Return whether autograd's derivatives of f at x agree with central difference quotients.

    f: function of one floating point tensor that returns one; called with float64 tensors only.
    x: floating point tensor of any shape, often float32.

    Returns a bool: True if every entry of the Jacobian agrees, False if one is off by one part in a thousand or
    more. A wrong gradient raises nothing.

    Promised: an old .grad of x does not matter; x keeps its data, .grad and requires_grad; calling twice gives
    the same answer.
    """
    leaf = x.detach().to(torch.float64, copy=True).requires_grad_()
    return gradcheck(f, (leaf,), atol=1e-6, rtol=1e-5, raise_exception=False)
