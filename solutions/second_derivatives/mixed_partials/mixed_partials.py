# canary: autograd-grader-withheld-5c1f9a2e7b
"""Differentiate twice.

求两次导。
"""

from collections.abc import Callable

import torch


def gradient(y: torch.Tensor, inputs: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...]:
    """Differentiate y with respect to each input in a way that can be differentiated again."""
    if not y.requires_grad:  # a constant: no graph leads back to the inputs
        return tuple(torch.zeros_like(x) for x in inputs)
    return torch.autograd.grad(y, inputs, create_graph=True, materialize_grads=True)


def mixed_partials(
    f: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    x1: torch.Tensor,
    x2: torch.Tensor,
) -> torch.Tensor:
    """Return the four second derivatives of f at (x1, x2).

    Args:
        f: takes two 0-d tensors, returns a 0-d tensor; may ignore its arguments.
        x1, x2: 0-d float tensors of one dtype, with or without requires_grad, with or without an old .grad.

    Returns:
        Tensor of shape (2, 2) and the dtype of x1. Entry [i, j] is the derivative, with respect to argument j, of
        the derivative of f with respect to argument i; zero where that one is constant or lacks the variable.

    x1 and x2 are left as they were (data, .grad, requires_grad). The result does not depend on an old .grad,
    carries no graph, shares no memory with x1 or x2, and is the same when you call again.
    """
    inputs = (x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_())
    first = gradient(f(*inputs), inputs)
    rows = [torch.stack(gradient(derivative, inputs)) for derivative in first]
    return torch.stack(rows).detach()
