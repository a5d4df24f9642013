# canary: autograd-grader-withheld-5c1f9a2e7b
"""Hands backward a single number and expects it to spread over all outputs."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    weight = v.flatten()[0]
    f(leaf).backward(weight)
    return leaf.grad
