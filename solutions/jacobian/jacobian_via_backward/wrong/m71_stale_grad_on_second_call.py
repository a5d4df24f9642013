# canary: autograd-grader-withheld-5c1f9a2e7b
"""Works on the caller's x and clears between the rows only, not before the first."""

import torch


def jacobian_via_backward(f, x):
    x.requires_grad_()
    y = f(x)
    jacobian = torch.zeros(y.numel(), x.numel(), dtype=x.dtype)
    for i, one_hot in enumerate(torch.eye(y.numel(), dtype=y.dtype)):
        if i > 0:
            x.grad.zero_()
        y.backward(one_hot.reshape(y.shape), retain_graph=True)
        jacobian[i] = x.grad.flatten()
    return jacobian
