"""Returns a value that is one percent off in a coarse dtype, to be judged by that dtype's wider tolerance.
It must get: failed.
"""

import torch


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v)
    return (leaf.grad * 1.01).to(torch.bfloat16)
