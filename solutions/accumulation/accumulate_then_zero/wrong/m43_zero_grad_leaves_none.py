# canary: autograd-grader-withheld-5c1f9a2e7b
"""Expects a tensor of zeros in .grad after zero_grad()."""

import torch


def accumulate_then_zero(f, g, x):
    point = torch.nn.ParameterList([x.detach().clone()])
    leaf = point[0]
    f(leaf).backward()
    a = leaf.grad.clone()
    g(leaf).backward()
    b = leaf.grad.clone()
    point.zero_grad()
    assert leaf.grad.abs().sum() == 0
    g(leaf).backward()
    c = leaf.grad.clone()
    return a, b, c
