"""The inner gradient is a constant in the loss."""

import torch


def gradient_penalty(f, params, x):
    ws = [p.detach().clone().requires_grad_() for p in params]
    inp = x.detach().clone().requires_grad_()
    out = f(ws, inp)
    inner = torch.autograd.grad(out, inp, retain_graph=True, allow_unused=True)[0]
    reg = 0.0 if inner is None else torch.sum(inner * inner)
    total = out + reg
    total.backward()
    return [w.grad if w.grad is not None else torch.zeros_like(w.detach()) for w in ws]
