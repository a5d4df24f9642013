"""Overwrites one end, and sees whether backward complains."""

import torch


def saved_for_backward(f, x):
    def complains(which):
        leaf = x.detach().clone().requires_grad_()
        y = f(leaf)
        if y.grad_fn is None:
            return False
        with torch.no_grad():
            [leaf, y][which].add_(1)
        try:
            torch.autograd.grad(y, leaf, torch.ones_like(y), allow_unused=True)
        except RuntimeError as error:
            return "inplace" in str(error)
        return False

    return complains(0), complains(1)
