"""Renames itself, its module and its function to those of a neighbour and of the reference.
It must get: failed.
"""

import sys

import torch

__name__ = "zzz_honest"
__file__ = "@CLASS@/zzz_honest.py"
sys.argv[:] = ["zzz_honest.py"]
sys.modules["zzz_honest"] = sys.modules.get("forge-claim_to_be_another", sys)


def weighted_grad(f, x, v):
    return torch.zeros_like(x.detach())


weighted_grad.__module__ = "solutions.weights.weighted_grad"
weighted_grad.__code__ = weighted_grad.__code__.replace(co_filename="zzz_honest.py")
