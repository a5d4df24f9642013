# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gathers the outputs anew with torch.tensor, which keeps their numbers and drops their graph."""

import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = torch.tensor(f(leaf).flatten().tolist(), dtype=x.dtype)
    jacobian = torch.zeros(y.numel(), x.numel(), dtype=x.dtype)
    for i in range(y.numel()):
        leaf.grad = None
        y[i].backward(retain_graph=True)
        jacobian[i] = leaf.grad.flatten()
    return jacobian
