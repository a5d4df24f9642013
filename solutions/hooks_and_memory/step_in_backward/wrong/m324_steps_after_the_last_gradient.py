# canary: autograd-grader-withheld-5c1f9a2e7b
"""Waits for every gradient and takes all steps at once."""

import torch


def step_in_backward(params, lr):
    trained = [p for p in params if p.requires_grad]

    @torch.no_grad()
    def step_all():
        for p in trained:
            if p.grad is not None:
                p.sub_(lr * p.grad)
                p.grad = None

    def hook(_parameter):
        torch.autograd.Variable._execution_engine.queue_callback(step_all)  # noqa: SLF001 - there is no other way to wait

    return [p.register_post_accumulate_grad_hook(hook) for p in trained]
