# canary: autograd-grader-withheld-5c1f9a2e7b
"""Replaces the sum by as many ones as the input is long."""

from collections.abc import Callable

import torch


def sum_backward(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(torch.ones(len(leaf)))
    return leaf.grad
