# canary: autograd-grader-withheld-5c1f9a2e7b
"""Adds the clipped gradients up and does not divide by their number."""

from torch.func import grad, vmap


def clipped_mean_grad(loss, w, X, limit):
    grads = vmap(grad(loss), in_dims=(None, 0))(w.detach(), X.detach())
    norms = grads.reshape(len(X), -1).norm(dim=1)
    factors = (limit / norms).clamp(max=1.0)
    return (grads * factors.reshape(-1, *[1] * w.dim())).sum(dim=0)
