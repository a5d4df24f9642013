"""A Function that is the identity on the way forward."""

import torch


class Clip(torch.autograd.Function):
    @staticmethod
    def forward(ctx, y, limit):
        ctx.limit = limit
        return y.view_as(y)

    @staticmethod
    def backward(ctx, d):
        return torch.minimum(torch.maximum(d, d.new_tensor(-ctx.limit)), d.new_tensor(ctx.limit)), None


def clip_by_hook(f, g, x, limit):
    leaf = x.detach().clone().requires_grad_()
    g(Clip.apply(f(leaf), limit)).backward()
    return leaf.grad
