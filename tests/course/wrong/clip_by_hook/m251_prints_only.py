"""Assigns inside its hook."""


def clip_by_hook(f, g, x, limit):
    def watch(d):
        d = d.clamp(-limit, limit)

    own = x.detach().clone().requires_grad_()
    out = f(own)
    out.register_hook(watch)
    g(out).backward()
    return own.grad
