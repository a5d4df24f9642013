# canary: autograd-grader-withheld-5c1f9a2e7b
"""Asks for create_graph where keeping the graph for the next row was meant."""

import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = []
    for one_hot in torch.eye(y.numel(), dtype=y.dtype):
        leaf.grad = None
        y.backward(one_hot.reshape(y.shape), create_graph=True)
        rows.append(leaf.grad.flatten())
    return torch.stack(rows)
