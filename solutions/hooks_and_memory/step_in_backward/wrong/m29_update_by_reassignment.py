# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gives the name in the hook to a new tensor."""


def step_in_backward(params, lr):
    def hook(p):
        p = p - lr * p.grad
        p.grad = None

    return [p.register_post_accumulate_grad_hook(hook) for p in params if p.requires_grad]
