"""add_ with a factor, on a detached tensor."""


def step_in_backward(params, lr):
    def hook(p):
        p.detach().add_(p.grad, alpha=-lr)
        del p.grad

    handles = []
    for p in params:
        if not p.requires_grad:
            continue
        handles.append(p.register_post_accumulate_grad_hook(hook))
    return handles
