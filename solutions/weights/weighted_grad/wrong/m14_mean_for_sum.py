# canary: autograd-grader-withheld-5c1f9a2e7b
"""Averages the weighted outputs where they have to be added up."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    (f(leaf) * v).mean().backward()
    return leaf.grad
