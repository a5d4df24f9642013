"""A layer of your own.

自己写一个层。
"""

import torch
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import FunctionCtx


class ScaledLinear(Function):
    """scale * x @ w.T as an operation of its own: ScaledLinear.apply(x, w, scale).

    x: float tensor of shape (n, k). w: float tensor of shape (m, k). scale: a plain number.

    Promised: backward gives None for scale and for a tensor that requires no grad, and computes no product of matrices
    for it; the gradients can be differentiated again.
    """

    @staticmethod
    def forward(x: Tensor, w: Tensor, scale: float) -> Tensor:
        """Return scale * x @ w.T."""
        raise NotImplementedError

    @staticmethod
    def setup_context(ctx: FunctionCtx, inputs: tuple[Tensor, Tensor, float], output: Tensor) -> None:
        """Keep what backward needs; inputs holds the arguments of forward, output its result."""
        raise NotImplementedError

    @staticmethod
    def backward(ctx: FunctionCtx, grad_output: Tensor) -> tuple[Tensor | None, Tensor | None, None]:
        """Return the gradients by x, w and scale, given the gradient by the result."""
        raise NotImplementedError
