# canary: autograd-grader-withheld-5c1f9a2e7b
"""Leaves the scale out on the way back."""

from torch.autograd import Function


class ScaledLinear(Function):
    @staticmethod
    def forward(x, w, scale):
        return scale * (x @ w.T)

    @staticmethod
    def setup_context(ctx, inputs, output):  # noqa: ARG004 - torch's signature
        ctx.save_for_backward(*inputs[:2])

    @staticmethod
    def backward(ctx, grad_output):
        x, w = ctx.saved_tensors
        dx = grad_output @ w if ctx.needs_input_grad[0] else None
        dw = grad_output.T @ x if ctx.needs_input_grad[1] else None
        return dx, dw, None
