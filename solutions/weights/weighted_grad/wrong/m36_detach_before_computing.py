# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes on a detached tensor that was never asked to require grad."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone()
    f(leaf).backward(v)
    return leaf.grad
