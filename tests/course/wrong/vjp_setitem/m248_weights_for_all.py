"""Thinks that the identity part of the write passes v on everywhere."""


def vjp_setitem(base, value, index, v):
    weights = v.detach().clone()
    collected = weights[index].clone()
    while collected.dim() < value.dim():
        collected = collected[None]
    return weights, collected.sum_to_size(value.shape).clone()
