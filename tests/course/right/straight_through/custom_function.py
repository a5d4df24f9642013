"""An autograd.Function whose backward passes its argument on."""

import torch


class Through(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, q):
        ctx.set_materialize_grads(False)
        return q(x).clone()

    @staticmethod
    def backward(_ctx, gradient):
        return gradient, None


def straight_through(q, x):
    return Through.apply(x, q)
