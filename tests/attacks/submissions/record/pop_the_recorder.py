"""Takes the recorder off torch's stack of modes, and puts one of its own there.
It must get: failed, and an unspoilt process for the next exercise.
"""

import torch
from torch.overrides import TorchFunctionMode


class Mine(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        return func(*args, **(kwargs or {}))


def weighted_grad(f, x, v):
    while torch._C._len_torch_function_stack():
        torch._C._pop_torch_function_stack()
    Mine().__enter__()
    return torch.zeros_like(x)
