# canary: autograd-grader-withheld-5c1f9a2e7b
"""Steps and does not clear, so that the next pass adds to the gradient."""

import torch


def step_in_backward(params, lr):
    @torch.no_grad()
    def hook(p):
        p -= lr * p.grad

    return [p.register_post_accumulate_grad_hook(hook) for p in params if p.requires_grad]
