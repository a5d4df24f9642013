# canary: autograd-grader-withheld-5c1f9a2e7b
"""Scales every gradient to the limit, the small ones too."""

from torch.func import grad, vmap


def clipped_mean_grad(loss, w, X, limit):
    grads = vmap(grad(loss), in_dims=(None, 0))(w.detach(), X.detach())
    norms = grads.reshape(len(X), -1).norm(dim=1)
    factors = limit / norms
    return (grads * factors.reshape(-1, *[1] * w.dim())).mean(dim=0)
