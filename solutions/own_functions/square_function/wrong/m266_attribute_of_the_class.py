# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the input as an attribute of the class, which is there once."""

from torch.autograd import Function


class Square(Function):
    kept = None

    @staticmethod
    def forward(x):
        return x**2

    @staticmethod
    def setup_context(ctx, inputs, output):  # noqa: ARG004 - torch's signature
        (Square.kept,) = inputs

    @staticmethod
    def backward(ctx, grad_output):  # noqa: ARG004 - torch's signature
        return 2 * Square.kept * grad_output
