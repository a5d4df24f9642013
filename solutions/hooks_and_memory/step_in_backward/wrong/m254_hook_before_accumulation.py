# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reads .grad in a hook that runs before it is filled."""

import torch


def step_in_backward(params, lr):
    def stepping(p):
        @torch.no_grad()
        def hook(_gradient):
            p.sub_(lr * p.grad)
            p.grad = None

        return hook

    return [p.register_hook(stepping(p)) for p in params if p.requires_grad]
