# canary: autograd-grader-withheld-5c1f9a2e7b
"""Asks for create_graph although nobody differentiates the gradient again."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf), leaf, v, create_graph=True)[0]
