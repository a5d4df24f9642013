# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes a clone for a new leaf, which it is not when x requires grad."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    leaf = x.clone().requires_grad_()
    f(leaf).backward(v)
    return leaf.grad
