# canary: autograd-grader-withheld-5c1f9a2e7b
"""Uses grad where f returns several numbers."""

from torch.func import grad, vmap


def batch_jacobian(f, X):
    return vmap(grad(f))(X.detach())
