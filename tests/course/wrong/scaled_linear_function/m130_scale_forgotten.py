"""Remembers x and w only."""

import torch


class ScaledLinear(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w, scale):
        ctx.save_for_backward(x, w)
        return x.mm(w.t()) * scale

    @staticmethod
    def backward(ctx, v):
        x, w = ctx.saved_tensors
        need_x, need_w, _ = ctx.needs_input_grad
        return v.mm(w) if need_x else None, v.t().mm(x) if need_w else None, None
