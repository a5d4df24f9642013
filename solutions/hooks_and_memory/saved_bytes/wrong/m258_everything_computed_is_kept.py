# canary: autograd-grader-withheld-5c1f9a2e7b
"""Counts the result of every operation."""

import torch
from torch.overrides import TorchFunctionMode


class Results(TorchFunctionMode):
    def __init__(self):
        super().__init__()
        self.storages = {}

    def __torch_function__(self, function, _types, args=(), kwargs=None):
        result = function(*args, **(kwargs or {}))
        if isinstance(result, torch.Tensor) and result.grad_fn is not None:
            self.storages[result.untyped_storage().data_ptr()] = result.untyped_storage()
        return result


def saved_bytes(f, x):
    leaf = x.detach().clone().requires_grad_()
    with Results() as results:
        f(leaf)
    return sum(storage.nbytes() for storage in results.storages.values())
