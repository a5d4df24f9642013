"""The first step times the rest of the chain."""

import torch


def chain_of_jacobians(steps, x, layout):
    x = x.detach()
    (f, jac), *rest = steps
    here = jac(x).detach().clone()
    if not rest:
        return here
    after = chain_of_jacobians(rest, f(x), layout)
    return torch.einsum("ij,jk->ik", *((after, here) if layout == "numerator" else (here, after)))
