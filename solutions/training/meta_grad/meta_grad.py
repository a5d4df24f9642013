# canary: autograd-grader-withheld-5c1f9a2e7b
"""A gradient through a step.

穿过一步更新的梯度。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def meta_grad(train: Callable[[Tensor], Tensor], val: Callable[[Tensor], Tensor], w: Tensor, lr: float) -> Tensor:
    """Return the gradient of val(w - lr * gradient of train at w) with respect to w.

    train, val: functions of a tensor in the shape of w that return a 0-d tensor which depends on it.
    w: float tensor of any shape, where the step begins; may require grad and may hold an old .grad.
    lr: the learning rate, may be 0.

    Returns a tensor in the shape and dtype of w. train and val are called once each.

    Promised: an old .grad of w does not enter the result; w keeps its data, .grad and requires_grad; the result carries
    no graph and shares no memory with w or its .grad; calling twice gives the same answer.
    """
    leaf = w.detach().clone().requires_grad_()
    (inner,) = torch.autograd.grad(train(leaf), leaf, create_graph=True)
    stepped = leaf - lr * inner
    (outer,) = torch.autograd.grad(val(stepped), leaf)
    return outer
