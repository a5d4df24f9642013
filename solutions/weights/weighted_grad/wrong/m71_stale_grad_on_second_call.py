# canary: autograd-grader-withheld-5c1f9a2e7b
"""Lets backward add to the argument's own .grad, call after call."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    x.requires_grad_()
    f(x).backward(v)
    return x.grad.clone()
