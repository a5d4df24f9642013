# canary: autograd-grader-withheld-5c1f9a2e7b
"""Detaches what was saved."""

from torch.autograd import Function


class ScaledLinear(Function):
    @staticmethod
    def forward(x, w, scale):
        return scale * (x @ w.T)

    @staticmethod
    def setup_context(ctx, inputs, output):  # noqa: ARG004 - torch's signature
        x, w, ctx.scale = inputs
        ctx.save_for_backward(x, w)

    @staticmethod
    def backward(ctx, grad_output):
        x, w = (each.detach() for each in ctx.saved_tensors)
        dx = ctx.scale * (grad_output @ w) if ctx.needs_input_grad[0] else None
        dw = ctx.scale * (grad_output.T @ x) if ctx.needs_input_grad[1] else None
        return dx, dw, None
