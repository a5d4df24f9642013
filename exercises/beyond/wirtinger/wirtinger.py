"""Two derivatives of a complex function.

复函数的两个导数。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def wirtinger(f: Callable[[Tensor], Tensor], z: Tensor) -> tuple[Tensor, Tensor]:
    """Return df/dz and df/dz*, where z* is the conjugate of z.

    f: works entry by entry on a complex tensor; returns a complex or real tensor of the same shape; may ignore z.
    z: complex tensor of any shape; may require grad and may hold an old .grad.

    Returns two complex tensors in the shape and dtype of z, whose is_conj() is False.

    Promised: an old .grad of z does not enter the results; z keeps its data, .grad and requires_grad; the results carry
    no graph and share no memory with z, its .grad or each other; calling twice gives the same answer.
    """
    raise NotImplementedError
