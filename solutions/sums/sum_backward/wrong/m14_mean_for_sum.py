# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reduces the outputs by their mean, so that every derivative is divided by their number."""

from collections.abc import Callable

import torch


def sum_backward(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    f(leaf).mean().backward()
    return leaf.grad
