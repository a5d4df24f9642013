"""One step, then the rest of the chain."""


def backprop_chain(steps, x, v):
    x, v = x.detach(), v.detach()
    if not steps:
        return [v.clone()]
    (f, vjp), *rest = steps
    later = backprop_chain(rest, f(x), v)
    return [vjp(x, later[0]).detach().clone(), *later]
