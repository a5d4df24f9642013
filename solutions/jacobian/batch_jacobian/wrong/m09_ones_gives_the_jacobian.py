# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the gradient of the sum of the outputs for all derivatives."""

from torch.func import grad, vmap


def batch_jacobian(f, X):
    return vmap(grad(lambda x: f(x).sum()))(X.detach())
