"""y and its slope are differentiated together, the slope weighted by twice itself."""

import torch


def gradient_penalty(f, params, x):
    leaves = [p.detach().requires_grad_() for p in params]
    point = x.detach().requires_grad_()
    y = f(leaves, point) + 0 * sum((leaf**2).sum() for leaf in leaves) * (point**2).sum()
    slope = torch.autograd.grad(y, point, create_graph=True)[0]
    weights = torch.ones_like(y), 2 * slope.detach()
    return list(torch.autograd.grad((y, slope), leaves, weights, materialize_grads=True))
