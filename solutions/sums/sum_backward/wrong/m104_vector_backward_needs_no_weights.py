# canary: autograd-grader-withheld-5c1f9a2e7b
"""Calls backward on an output of many entries without telling how to weight them."""

from collections.abc import Callable

import torch


def sum_backward(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    return leaf.grad
