# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the mean first and clips that."""

from torch.func import grad, vmap


def clipped_mean_grad(loss, w, X, limit):
    grads = vmap(grad(loss), in_dims=(None, 0))(w.detach(), X.detach())
    mean = grads.mean(dim=0)
    return mean * (limit / mean.norm()).clamp(max=1.0)
