# canary: autograd-grader-withheld-5c1f9a2e7b
"""Works on X itself and believes that clearing it afterwards restores it."""

import torch


def per_example_grads(f, X):
    X.requires_grad_()
    X.grad = None
    torch.stack([f(row) for row in X]).sum().backward()
    result = X.grad.clone()
    X.grad = None
    X.requires_grad_(requires_grad=False)
    return result
