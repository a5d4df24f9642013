"""Gives the right value where it sees that it is recorded, and a wrong one elsewhere.
It must get: failed, for the recorded call is no check.
"""

import torch


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v)
    return leaf.grad if torch._C._len_torch_function_stack() else torch.zeros_like(x)
