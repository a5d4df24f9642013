# canary: autograd-grader-withheld-5c1f9a2e7b
"""Steps the parameter that its loop variable means when the hook runs."""

import torch


def step_in_backward(params, lr):
    handles = []
    for p in params:
        if p.requires_grad:

            @torch.no_grad()
            def hook(_parameter):
                p.sub_(lr * p.grad)  # noqa: B023 - the mistake
                p.grad = None  # noqa: B023

            handles.append(p.register_post_accumulate_grad_hook(hook))
    return handles
