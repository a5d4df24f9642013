"""Adds the outputs up in place of weighing them."""


def vjp_and_jvp(f, x, v, u):  # noqa: ARG001 - that v and u are not used is the mistake
    p = x.detach().clone().requires_grad_()
    f(p).sum().backward()
    return p.grad, p.grad.clone()
