"""Each gradient keeps the shape of x."""

import torch


def jacobian_via_backward(f, x):
    p = x.detach().clone().requires_grad_()
    out = f(p)
    unit = torch.eye(out.numel(), dtype=p.dtype)
    rows = [torch.autograd.grad(out, p, row.view(out.shape), retain_graph=True)[0] for row in unit]
    return torch.stack(rows)
