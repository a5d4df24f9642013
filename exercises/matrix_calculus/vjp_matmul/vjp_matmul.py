"""Send weights back through a matrix product.

让权重反向穿过矩阵乘法。
"""

import torch


def vjp_matmul(x: torch.Tensor, w: torch.Tensor, v: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the gradients of (v * y).sum() with respect to x and to w, where y = x @ w.T.

    Args:
        x: shape (n, k).
        w: shape (m, k).
        v: shape (n, m), one weight for each entry of y.
        All are float tensors of one dtype, with or without requires_grad, with or without an old .grad.

    Returns:
        The tuple (dx, dw): dx has the shape of x, dw the shape of w, both the dtype of x.

    x, w and v are left as they were (data, .grad, requires_grad). The results do not depend on an old .grad,
    carry no graph, share no memory with the arguments or each other, and are the same when you call again.
    """
    raise NotImplementedError
