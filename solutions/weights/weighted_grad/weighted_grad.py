# canary: autograd-grader-withheld-5c1f9a2e7b
"""Weight the outputs.

给输出加权。
"""

from collections.abc import Callable

from torch import Tensor


def weighted_grad(f: Callable[[Tensor], Tensor], x: Tensor, v: Tensor) -> Tensor:
    """Return the gradient with respect to x of the sum over all outputs of v[i] * f(x)[i].

    f: differentiable function of one tensor; returns one tensor that depends on it.
    x: floating point tensor of any shape; may require grad and may hold an old .grad.
    v: one weight for each entry of f(x), in exactly the shape of f(x); whole numbers are fine. May require grad and
        hold an old .grad.

    Returns a tensor in the shape and dtype of x.

    Promised: an old .grad does not enter the result; x and v keep their data, .grad and requires_grad; the result
    carries no graph and shares no memory with x, v or a .grad of theirs; calling twice gives the same answer.
    """
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v)
    return leaf.grad
