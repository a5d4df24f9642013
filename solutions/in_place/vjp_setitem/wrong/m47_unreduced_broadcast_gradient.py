# canary: autograd-grader-withheld-5c1f9a2e7b
"""Returns a weight for each place, without summing where value was broadcast."""


def vjp_setitem(base, value, index, v):  # noqa: ARG001 - that value is not looked at is the mistake
    d_base = v.detach().clone()
    d_value = d_base[index].clone()
    d_base[index] = 0
    return d_base, d_value
