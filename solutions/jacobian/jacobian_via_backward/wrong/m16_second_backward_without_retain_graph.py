# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes backward once for each row through a graph that the first row has used up."""

import torch


def jacobian_via_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    jacobian = torch.zeros(y.numel(), x.numel(), dtype=x.dtype)
    for i, one_hot in enumerate(torch.eye(y.numel(), dtype=y.dtype)):
        leaf.grad = None
        y.backward(one_hot.reshape(y.shape))
        jacobian[i] = leaf.grad.flatten()
    return jacobian
