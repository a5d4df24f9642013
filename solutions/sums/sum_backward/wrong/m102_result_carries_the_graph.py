# canary: autograd-grader-withheld-5c1f9a2e7b
"""Asks for create_graph although nobody differentiates the gradient again."""

from collections.abc import Callable

import torch


def sum_backward(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf).sum(), leaf, create_graph=True)[0]
