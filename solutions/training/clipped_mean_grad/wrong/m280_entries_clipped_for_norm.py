# canary: autograd-grader-withheld-5c1f9a2e7b
"""Limits each entry of each gradient."""

from torch.func import grad, vmap


def clipped_mean_grad(loss, w, X, limit):
    grads = vmap(grad(loss), in_dims=(None, 0))(w.detach(), X.detach())
    return grads.clamp(-limit, limit).mean(dim=0)
