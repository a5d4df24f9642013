# canary: autograd-grader-withheld-5c1f9a2e7b
"""Works on the argument itself and believes that clearing it afterwards restores it."""

from collections.abc import Callable

import torch


def weighted_grad(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    x.requires_grad_()
    x.grad = None
    f(x).backward(v)
    result = x.grad.clone()
    x.grad = None
    x.requires_grad_(requires_grad=False)
    return result
