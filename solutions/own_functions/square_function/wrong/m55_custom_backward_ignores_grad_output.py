# canary: autograd-grader-withheld-5c1f9a2e7b
"""Returns the derivative alone."""

from torch.autograd import Function


class Square(Function):
    @staticmethod
    def forward(x):
        return x**2

    @staticmethod
    def setup_context(ctx, inputs, output):  # noqa: ARG004 - torch's signature
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad_output):  # noqa: ARG004 - that it is not used is the mistake
        (x,) = ctx.saved_tensors
        return 2 * x
