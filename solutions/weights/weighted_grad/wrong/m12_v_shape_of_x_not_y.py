# canary: autograd-grader-withheld-5c1f9a2e7b
"""Brings v into the shape of the input before it hands it to backward."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v.reshape(leaf.shape))
    return leaf.grad
