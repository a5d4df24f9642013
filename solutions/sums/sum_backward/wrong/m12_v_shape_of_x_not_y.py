# canary: autograd-grader-withheld-5c1f9a2e7b
"""Weights the outputs by ones in the shape of the input."""

from collections.abc import Callable

import torch


def sum_backward(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(torch.ones_like(leaf))
    return leaf.grad
