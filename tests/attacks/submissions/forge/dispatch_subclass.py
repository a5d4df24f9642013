"""Returns a wrapper tensor whose operations run its own code while the worker reads it.
It must get: failed or error.
"""

import torch


class Wrapped(torch.Tensor):
    @staticmethod
    def __new__(cls, inner):
        return torch.Tensor._make_wrapper_subclass(cls, inner.shape, dtype=inner.dtype)

    @classmethod
    def __torch_dispatch__(cls, function, types, args=(), kwargs=None):
        return torch.ones(3)


def weighted_grad(f, x, v):
    return Wrapped(x.detach())
