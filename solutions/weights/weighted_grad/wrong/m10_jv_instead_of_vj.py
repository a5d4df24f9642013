# canary: autograd-grader-withheld-5c1f9a2e7b
"""Builds the Jacobian and multiplies it by v from the right: J v instead of v^T J."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    y = f(x)
    jacobian = torch.autograd.functional.jacobian(f, x).reshape(y.numel(), x.numel())
    product = jacobian @ v.to(jacobian.dtype).reshape(-1)
    return product.detach().reshape(x.shape)
