# canary: autograd-grader-withheld-5c1f9a2e7b
"""A layer of your own.

自己写一个层。
"""

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
        return scale * (x @ w.T)

    @staticmethod
    def setup_context(ctx: FunctionCtx, inputs: tuple[Tensor, Tensor, float], output: Tensor) -> None:  # noqa: ARG004
        """Keep what backward needs; inputs holds the arguments of forward, output its result."""
        x, w, ctx.scale = inputs
        ctx.save_for_backward(x, w)

    @staticmethod
    def backward(ctx: FunctionCtx, grad_output: Tensor) -> tuple[Tensor | None, Tensor | None, None]:
        """Return the gradients by x, w and scale, given the gradient by the result."""
        x, w = ctx.saved_tensors
        wants_x, wants_w, _ = ctx.needs_input_grad
        dx = ctx.scale * (grad_output @ w) if wants_x else None
        dw = ctx.scale * (grad_output.T @ x) if wants_w else None
        return dx, dw, None
