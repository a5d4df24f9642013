# canary: autograd-grader-withheld-5c1f9a2e7b
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
    leaf = z.detach().clone().requires_grad_()
    y = f(leaf) + 0 * leaf
    (a,) = torch.autograd.grad(y, leaf, torch.ones_like(y), retain_graph=True)
    (b,) = torch.autograd.grad(y, leaf, torch.full_like(y, 1j))
    return ((a - 1j * b) / 2).conj().resolve_conj(), (a + 1j * b) / 2
