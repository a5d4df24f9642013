# canary: autograd-grader-withheld-5c1f9a2e7b
"""Compares the numbers of what is saved instead of its memory."""

import torch


def saved_for_backward(f, x):
    saved = []
    leaf = x.detach().clone().requires_grad_()
    with torch.autograd.graph.saved_tensors_hooks(lambda t: saved.append(t.detach()) or t, lambda t: t):
        y = f(leaf)
    if y.grad_fn is None:
        return False, False
    return tuple(any(torch.equal(end.detach(), each) for each in saved) for end in (leaf, y))
