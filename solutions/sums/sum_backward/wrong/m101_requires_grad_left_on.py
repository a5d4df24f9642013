# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the argument and never back."""

from collections.abc import Callable

import torch


def sum_backward(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    total = f(x.requires_grad_()).sum()
    return torch.autograd.grad(total, x)[0]
