# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the input as an attribute of ctx."""

from torch.autograd import Function


class Square(Function):
    @staticmethod
    def forward(x):
        return x**2

    @staticmethod
    def setup_context(ctx, inputs, output):  # noqa: ARG004 - torch's signature
        ctx.x = inputs[0]

    @staticmethod
    def backward(ctx, grad_output):
        return 2 * ctx.x * grad_output
