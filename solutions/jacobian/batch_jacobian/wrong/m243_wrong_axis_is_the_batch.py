# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the columns of X for the examples."""

from torch.func import jacrev, vmap


def batch_jacobian(f, X):
    return vmap(jacrev(f), in_dims=1)(X.detach())
