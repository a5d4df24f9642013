# canary: autograd-grader-withheld-5c1f9a2e7b
"""Returns what torch.autograd.grad gives, a tuple, as if it were the gradient itself."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf), leaf, v)
