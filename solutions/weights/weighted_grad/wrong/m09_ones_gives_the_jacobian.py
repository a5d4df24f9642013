# canary: autograd-grader-withheld-5c1f9a2e7b
"""Weights every output by one, as if that gave all there is to know about the derivative."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(torch.ones_like(v))
    return leaf.grad
