# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes v for one coefficient per input and multiplies the summed gradient by it."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad * v.reshape(x.shape)
