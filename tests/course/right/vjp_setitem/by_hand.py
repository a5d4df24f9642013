"""Zeros at the index, and the weights that stand there summed up."""


def vjp_setitem(base, value, index, v):
    d_base = v.detach().clone()
    there = d_base[index].clone()
    d_base[index] = 0.0
    while there.dim() < value.dim():
        there = there.unsqueeze(0)
    return d_base, there.sum_to_size(value.shape).clone()
