# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes both first derivatives in one call, then walks the graph of each twice and keeps it for neither."""

import torch


def mixed_partials(f, x1, x2):
    inputs = (x1.detach().clone().requires_grad_(), x2.detach().clone().requires_grad_())
    first = torch.autograd.grad(f(*inputs), inputs, create_graph=True)
    rows = [torch.stack([torch.autograd.grad(each, x)[0] for x in inputs]) for each in first]
    return torch.stack(rows)
