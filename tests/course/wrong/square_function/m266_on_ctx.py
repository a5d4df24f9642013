"""Hangs x on ctx."""

import torch


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.input = x
        return x * x

    @staticmethod
    def backward(ctx, g):
        return g * 2 * ctx.input
