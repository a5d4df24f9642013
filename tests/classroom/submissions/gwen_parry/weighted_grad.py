from functools import partial

import torch


def gradient(f, x, v, *, create_graph):
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf), leaf, v, create_graph=create_graph)[0]


weighted_grad = partial(gradient, create_graph=False)
