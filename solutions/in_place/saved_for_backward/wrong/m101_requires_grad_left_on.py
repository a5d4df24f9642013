# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the x of the caller."""

import torch


def saved_for_backward(f, x):
    saved = []
    with torch.autograd.graph.saved_tensors_hooks(lambda t: saved.append(t) or t, lambda t: t):
        y = f(x.requires_grad_())
    kept = {each.untyped_storage().data_ptr() for each in saved}
    return tuple(end.untyped_storage().data_ptr() in kept for end in (x, y))
