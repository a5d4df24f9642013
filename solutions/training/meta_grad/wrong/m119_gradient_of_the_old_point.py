# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the gradient of val where the step begins."""

import torch


def meta_grad(train, val, w, lr):  # noqa: ARG001 - to forget the step is the mistake
    leaf = w.detach().clone().requires_grad_()
    return torch.autograd.grad(val(leaf), leaf)[0]
