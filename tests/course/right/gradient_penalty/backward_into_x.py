"""backward() for x alone, then backward() of the loss, .grad read and replaced where it is None."""

import torch


def gradient_penalty(f, params, x):
    leaves = [torch.clone(p.detach()).requires_grad_() for p in params]
    at = torch.clone(x.detach()).requires_grad_()
    y = f(leaves, at)
    y.backward(inputs=[at], create_graph=True)
    penalty = 0 if at.grad is None else at.grad.pow(2).sum()
    at.grad = None
    (y + penalty).backward(inputs=leaves)
    return [torch.zeros_like(leaf) if leaf.grad is None else leaf.grad.detach() for leaf in leaves]
