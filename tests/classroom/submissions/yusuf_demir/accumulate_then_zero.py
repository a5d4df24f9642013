import torch


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone()
    leaf.requires_grad_(True)

    f(leaf).backward()
    first = leaf.grad.clone()

    g(leaf).backward()
    both = leaf.grad.clone()

    leaf.grad.zero_()
    g(leaf).backward()
    only_g = leaf.grad.clone()

    return first, both, only_g
