# canary: autograd-grader-withheld-5c1f9a2e7b
"""Lets backward fill the .grad of the caller's tensors and returns what stands there."""


def vjp_setitem(base, value, index, v):
    base.requires_grad_()
    value.requires_grad_()
    out = base.clone()
    out[index] = value
    out.backward(v)
    return base.grad.clone(), value.grad.clone()
