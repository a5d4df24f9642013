# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the argument and never back."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    y = f(x.requires_grad_())
    return torch.autograd.grad(y, x, v)[0]
