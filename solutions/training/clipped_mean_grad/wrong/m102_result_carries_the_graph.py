# canary: autograd-grader-withheld-5c1f9a2e7b
"""Hands the caller's w to vmap, so that the result is connected with it."""

from torch.func import grad, vmap


def clipped_mean_grad(loss, w, X, limit):
    grads = vmap(grad(loss), in_dims=(None, 0))(w, X)
    norms = grads.reshape(len(X), -1).norm(dim=1)
    factors = (limit / norms).clamp(max=1.0)
    return (grads * factors.reshape(-1, *[1] * w.dim())).mean(dim=0)
