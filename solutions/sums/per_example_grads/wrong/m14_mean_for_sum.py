# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the mean of the losses, as one does for a training step."""

import torch


def per_example_grads(f, X):
    leaf = X.detach().clone().requires_grad_()
    torch.stack([f(row) for row in leaf]).mean().backward()
    return leaf.grad
