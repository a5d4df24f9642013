# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the inner gradient by backward, whose gradients of the parameters stay in .grad."""

import torch


def gradient_penalty(f, params, x):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    at = x.detach().clone().requires_grad_()
    y = f(leaves, at)
    y.backward(create_graph=True)
    slope = torch.zeros_like(at) if at.grad is None else at.grad
    (y + (slope**2).sum()).backward()
    return [torch.zeros_like(leaf) if leaf.grad is None else leaf.grad.detach() for leaf in leaves]
