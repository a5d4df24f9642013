"""A square of your own.

自己写一个平方。
"""

import torch
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import FunctionCtx


class Square(Function):
    """The square of a tensor, entry by entry, as an operation of its own: Square.apply(x).

    Promised: derivatives of every order are right; backward raises if x was changed in place after the call; the
    Function may be applied several times before a backward pass; no tensor is kept alive once the result is gone.
    """

    @staticmethod
    def forward(x: Tensor) -> Tensor:
        """Return x**2."""
        raise NotImplementedError

    @staticmethod
    def setup_context(ctx: FunctionCtx, inputs: tuple[Tensor], output: Tensor) -> None:
        """Keep what backward needs; inputs holds the arguments of forward, output its result."""
        raise NotImplementedError

    @staticmethod
    def backward(ctx: FunctionCtx, grad_output: Tensor) -> Tensor:
        """Return the gradient by x, given the gradient by the result."""
        raise NotImplementedError
