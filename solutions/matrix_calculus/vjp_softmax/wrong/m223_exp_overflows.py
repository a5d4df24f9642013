# canary: autograd-grader-withheld-5c1f9a2e7b
"""Divides exp by its sum, without taking the largest logit away first."""


def vjp_softmax(z, v):
    z, v = z.detach(), v.detach()
    s = z.exp() / z.exp().sum(dim=-1, keepdim=True)
    return s * (v - (v * s).sum(dim=-1, keepdim=True))
