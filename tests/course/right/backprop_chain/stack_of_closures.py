"""A tape of closures, each of which remembers its input."""

import torch


def backprop_chain(steps, x, v):
    tape = []
    with torch.no_grad():
        value = x.clone()
        for f, vjp in steps:
            tape.append(lambda g, vjp=vjp, value=value: vjp(value, g))
            value = f(value)
        grads = [v.clone()]
        while tape:
            grads.insert(0, tape.pop()(grads[0].clone()).clone())
    return grads
