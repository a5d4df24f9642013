"""Back through a write.

反向穿过一次写入。
"""

import torch
from torch import Tensor


def vjp_setitem(base: Tensor, value: Tensor, index: int | list[int] | tuple, v: Tensor) -> tuple[Tensor, Tensor]:
    """Return the gradients with respect to base and value of the sum of v * out, where out[index] = value was written.

    base: float tensor with at least one dimension; out is a copy of it.
    value: float tensor whose shape is broadcast to that of base[index].
    index: an int, a list of ints for different places, or a tuple with an int for each dimension.
    v: weights in the shape of base.

    Returns (d_base, d_value), in the shapes of base and value.

    Promised: the arguments keep their data, .grad and requires_grad; an old .grad plays no part; the results carry no
    graph and share no memory with the arguments or each other; calling twice gives the same answer.
    """
    raise NotImplementedError
