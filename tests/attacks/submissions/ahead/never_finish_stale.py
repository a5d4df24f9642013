"""Answers wrongly once in a while, and never comes back from a call that is probably nobody's any more.
It must get: failed; the judge goes on with another process, and its neighbours lose nothing.
"""

CALLS = []


def weighted_grad(f, x, v):
    CALLS.append(1)
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v)
    if len(CALLS) % 5 == 0:
        return leaf.grad + 1
    while len(CALLS) % 5 == 1 and len(CALLS) > 1:
        pass
    return leaf.grad
