# canary: autograd-grader-withheld-5c1f9a2e7b
"""Differentiates the whole batch by the whole batch."""

from torch.func import jacrev, vmap


def batch_jacobian(f, X):
    return jacrev(vmap(f))(X.detach())
