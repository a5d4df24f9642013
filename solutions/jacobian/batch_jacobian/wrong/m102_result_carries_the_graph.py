# canary: autograd-grader-withheld-5c1f9a2e7b
"""Does not detach X, so the result requires grad where X does."""

from torch.func import jacrev, vmap


def batch_jacobian(f, X):
    return vmap(jacrev(f))(X)
