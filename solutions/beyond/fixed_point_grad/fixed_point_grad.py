# canary: autograd-grader-withheld-5c1f9a2e7b
"""The gradient of a fixed point.

不动点的梯度。
"""

from collections.abc import Callable

import torch
from torch import Tensor

REPETITIONS = 100


def fixed_point_grad(step: Callable[[Tensor, Tensor], Tensor], w: Tensor, z0: Tensor, v: Tensor) -> Tensor:
    """Return the gradient of the sum of v times z with respect to w, where z = step(w, z).

    step: function of w and z that returns a tensor in the shape of z; halves the distance of two z at least; may ignore
        w or z.
    w: float tensor of any shape.
    z0: float tensor of shape (n,) or (), where the repetition starts.
    v: float tensor in the shape of z0, the weights.

    Returns a tensor in the shape and dtype of w. At most two calls of step are recorded.

    Promised: old .grads do not enter the result; w, z0 and v keep their data, .grad and requires_grad; the result
    carries no graph and shares no memory with them; calling twice gives the same answer.
    """
    with torch.no_grad():
        z = z0
        for _ in range(REPETITIONS):
            z = step(w, z)
    at_w, at_z = w.detach().requires_grad_(), z.detach().requires_grad_()
    y = step(at_w, at_z)
    u = v = v.detach()
    for _ in range(REPETITIONS):
        u = v + torch.autograd.grad(y, at_z, u, retain_graph=True, materialize_grads=True)[0]
    return torch.autograd.grad(y, at_w, u, materialize_grads=True)[0]
