"""Saves the input and multiplies step by step."""

from torch.autograd import Function


class Square(Function):
    @staticmethod
    def forward(x):
        return x.square()

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(inputs[0])

    @staticmethod
    def backward(ctx, grad_output):
        x, *_ = ctx.saved_tensors
        return grad_output.mul(x).mul(2)
