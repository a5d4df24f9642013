# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes a step after each part."""

import torch


def accumulated_grad(loss, w, X, sizes):
    leaf = w.detach().clone().requires_grad_()
    optimizer = torch.optim.SGD([leaf], lr=0.1)
    for part in X.split(sizes):
        (loss(leaf, part) * len(part) / len(X)).backward()
        optimizer.step()
    return leaf.grad
