# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears the argument's .grad, fills it anew and hands out that very tensor."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    x.requires_grad_()
    x.grad = None
    f(x).backward(v)
    return x.grad
