"""Clips the finished gradient."""


def clip_by_hook(f, g, x, limit):
    own = x.detach().clone().requires_grad_()
    g(f(own)).backward()
    own.grad.clamp_(min=-limit, max=limit)
    return own.grad
