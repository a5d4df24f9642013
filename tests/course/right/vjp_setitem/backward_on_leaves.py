"""backward into two leaves of its own."""


def vjp_setitem(base, value, index, v):
    leaves = [each.detach().clone().requires_grad_() for each in (base, value)]
    out = 1 * leaves[0]
    out[index] = leaves[1]
    out.backward(v.detach())
    return tuple(leaf.grad for leaf in leaves)
