# canary: autograd-grader-withheld-5c1f9a2e7b
"""Compares shape and first address, so that a view counts as another tensor."""

import torch


def saved_for_backward(f, x):
    saved = []
    leaf = x.detach().clone().requires_grad_()
    with torch.autograd.graph.saved_tensors_hooks(lambda t: saved.append(t) or t, lambda t: t):
        y = f(leaf)
    if y.grad_fn is None:
        return False, False
    places = [(each.data_ptr(), each.shape) for each in saved]
    return tuple((end.data_ptr(), end.shape) in places for end in (leaf, y))
