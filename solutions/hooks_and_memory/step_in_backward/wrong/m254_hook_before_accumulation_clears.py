# canary: autograd-grader-withheld-5c1f9a2e7b
"""Steps with the gradient that it is handed and clears .grad, which is filled only afterwards."""

import torch


def step_in_backward(params, lr):
    def stepping(p):
        @torch.no_grad()
        def hook(gradient):
            p.sub_(lr * gradient)
            p.grad = None

        return hook

    return [p.register_hook(stepping(p)) for p in params if p.requires_grad]
