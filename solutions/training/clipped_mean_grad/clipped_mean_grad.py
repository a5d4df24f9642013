# canary: autograd-grader-withheld-5c1f9a2e7b
"""The mean of clipped gradients.

裁剪之后再平均。
"""

from collections.abc import Callable

from torch import Tensor
from torch.func import grad, vmap


def clipped_mean_grad(loss: Callable[[Tensor, Tensor], Tensor], w: Tensor, X: Tensor, limit: float) -> Tensor:
    """Return the mean over the examples of their clipped gradients with respect to w.

    loss: function of the parameters and one example that returns a 0-d tensor; vmap can handle it.
    w: float tensor of any shape, the parameters; may require grad and may hold an old .grad.
    X: float tensor with one example in each row.
    limit: a gradient whose Euclidean length exceeds this is scaled down to it; others are left alone.

    Returns a tensor in the shape and dtype of w. loss is called at most twice.

    Promised: an old .grad of w does not enter the result; w and X keep their data, .grad and requires_grad; the result
    carries no graph and shares no memory with w or its .grad; calling twice gives the same answer.
    """
    grads = vmap(grad(loss), in_dims=(None, 0))(w.detach(), X.detach())
    norms = grads.reshape(len(X), -1).norm(dim=1)
    factors = (limit / norms).clamp(max=1.0)
    return (grads * factors.reshape(-1, *[1] * w.dim())).mean(dim=0)
