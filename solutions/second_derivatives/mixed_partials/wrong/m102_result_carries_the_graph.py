# canary: autograd-grader-withheld-5c1f9a2e7b
"""Returns the second derivatives with the graph that could differentiate them a third time."""

import torch


def gradient(y, inputs):
    if not y.requires_grad:
        return [torch.zeros_like(x) for x in inputs]
    return torch.autograd.grad(y, inputs, create_graph=True, materialize_grads=True)


def mixed_partials(f, x1, x2):
    x1 = x1.detach().clone().requires_grad_()
    x2 = x2.detach().clone().requires_grad_()
    first = gradient(f(x1, x2), (x1, x2))
    return torch.stack([torch.stack(gradient(derivative, (x1, x2))) for derivative in first])
