# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes the outputs under no_grad and asks for their gradient afterwards."""

from collections.abc import Callable

import torch


def sum_backward(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    with torch.no_grad():
        total = f(leaf).sum()
    total.backward()
    return leaf.grad
