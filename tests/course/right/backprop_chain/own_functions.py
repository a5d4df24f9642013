"""Autograd drives it: each step becomes a Function whose backward is its vjp."""

import torch


def as_function(f, vjp):
    class Step(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return f(x).clone()

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return vjp(x, g)

    return Step.apply


def backprop_chain(steps, x, v):
    stages = [x.detach().clone().requires_grad_()]
    for f, vjp in steps:
        stages.append(as_function(f, vjp)(stages[-1]))
    found = torch.autograd.grad(stages[-1], stages, v.detach())
    return [each.clone() for each in found]
