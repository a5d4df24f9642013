# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes backward once for each output and keeps one of the rows."""

import torch


def output_gradient(f, x, index):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = torch.stack([torch.autograd.grad(output, leaf, retain_graph=True)[0] for output in y.flatten()])
    return rows.reshape(*y.shape, *x.shape)[index].clone()
