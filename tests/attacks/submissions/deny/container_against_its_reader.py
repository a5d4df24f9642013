"""Returns a tensor whose gradient, and a list whose parts, change or raise while they are read.
It must get: failed or error.
"""

import torch


class Loud(torch.nn.Parameter):
    @property
    def grad(self):
        raise SystemExit(0)


def weighted_grad(f, x, v):
    loud = torch.nn.Parameter(torch.zeros(3))
    loud.__class__ = Loud
    return [loud, {torch.zeros(1): loud}]
