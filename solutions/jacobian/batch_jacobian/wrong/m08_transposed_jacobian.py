# canary: autograd-grader-withheld-5c1f9a2e7b
"""Puts the inputs of each example in rows."""

from torch.func import jacrev, vmap


def batch_jacobian(f, X):
    return vmap(jacrev(f))(X.detach()).transpose(1, 2)
