# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes both first derivatives in one call and keeps the graph of f, which does not record them."""

import torch


def mixed_partials(f, x1, x2):
    inputs = (x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_())
    first = torch.autograd.grad(f(*inputs), inputs, retain_graph=True)
    rows = [torch.stack(torch.autograd.grad(each, inputs, retain_graph=True)) for each in first]
    return torch.stack(rows)
