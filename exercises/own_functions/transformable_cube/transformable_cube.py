"""A Function that can be transformed.

能被变换的 Function。
"""

import torch
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import FunctionCtx


class Cube(Function):
    """The cube of a tensor, entry by entry, as an operation that torch.func can transform: Cube.apply(x).

    Promised: grad, vmap over any dimension, jvp, jacrev, jacfwd and hessian pass through it, alone and nested. A rule
    for vmap is yours to add.
    """

    @staticmethod
    def forward(x: Tensor) -> Tensor:
        """Return x**3."""
        raise NotImplementedError

    @staticmethod
    def setup_context(ctx: FunctionCtx, inputs: tuple[Tensor], output: Tensor) -> None:
        """Keep what backward and jvp need; inputs holds the arguments of forward, output its result."""
        raise NotImplementedError

    @staticmethod
    def backward(ctx: FunctionCtx, grad_output: Tensor) -> Tensor:
        """Return the gradient by x, given the gradient by the result."""
        raise NotImplementedError

    @staticmethod
    def jvp(ctx: FunctionCtx, tangent: Tensor) -> Tensor:
        """Return the tangent of the result, given the tangent of x."""
        raise NotImplementedError
