# canary: autograd-grader-withheld-5c1f9a2e7b
"""A step with a scaled loss.

用放大的损失更新一步。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def scaled_step(
    loss: Callable[[list[Tensor]], Tensor], params: list[Tensor], lr: float, scale: float, max_norm: float
) -> tuple[list[Tensor], bool]:
    """Return the parameters after one clipped step of mixed-precision training, and whether it was taken.

    loss: function of the list of parameters that returns a 0-d tensor; it may ignore some of them.
    params: float tensors of any shapes, perhaps in half precision; may require grad and may hold an old .grad.
    lr: the learning rate. scale: what the loss is multiplied by. max_norm: limit for the norm of the true gradients.

    Scales the loss, goes backward, unscales in float32 or finer, looks for inf and nan, clips by the norm of all
    gradients together, steps. Where a gradient is not finite, returns copies of params and False.

    Promised: loss is called once; params keep their data, .grad and requires_grad, and an old .grad does not count; the
    new parameters have the dtypes of params, carry no graph and share no memory with them.
    """
    leaves = [p.detach().clone().requires_grad_() for p in params]
    scaled = torch.autograd.grad(scale * loss(leaves), leaves, materialize_grads=True)
    grads = [g.double() / scale for g in scaled]
    if not all(g.isfinite().all() for g in grads):
        return [p.detach().clone() for p in params], False
    norm = torch.stack([g.norm() for g in grads]).norm()
    factor = (max_norm / norm).clamp(max=1.0)
    return [(p.detach() - lr * factor * g).to(p.dtype) for p, g in zip(params, grads, strict=True)], True
