# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes care of x alone, so that a v that requires grad leaves its graph in the result."""

import torch


def hvp(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return torch.zeros_like(x)
    (gradient,) = torch.autograd.grad(y, leaf, create_graph=True, materialize_grads=True)
    result = torch.zeros_like(x)
    if gradient.requires_grad:
        for i, part in enumerate(gradient.flatten()):
            row = torch.autograd.grad(part, leaf, retain_graph=True, materialize_grads=True)[0]
            result = result + row * v.flatten()[i]
    return result
