"""The chain rule for maps of vectors, in either layout.

向量映射的链式法则，两种布局。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def chain_of_jacobians(steps: list[tuple[Callable, Callable]], x: Tensor, layout: str) -> Tensor:
    """Return the derivative of a composition of maps at x, as the product of their Jacobians.

    steps: at least one pair (f, jac), in the order of application; f maps a vector to a vector and hides its
        graph; jac(p) is the derivative of f at the point p, a matrix in the layout named.
    x: floating point vector with n entries; the last step returns m.
    layout: "numerator" (outputs in rows) or "denominator" (inputs in rows).

    Returns a matrix of the dtype of x: shape (m, n) for "numerator", (n, m) for "denominator". Each jac is called
    once, and no f more than once.

    Promised: an old .grad of x does not enter; x keeps its data, .grad and requires_grad; the result carries
    no graph and shares no memory with x or its .grad; calling twice gives the same answer.
    """
    raise NotImplementedError
