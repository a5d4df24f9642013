# canary: autograd-grader-withheld-5c1f9a2e7b
"""Makes one weight for each input instead of one for each output."""

import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = []
    for one_hot in torch.eye(x.numel(), dtype=x.dtype):
        leaf.grad = None
        y.backward(one_hot.reshape(x.shape), retain_graph=True)
        rows.append(leaf.grad.flatten())
    return torch.stack(rows)
