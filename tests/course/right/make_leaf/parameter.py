import torch
from torch import nn


def make_leaf(values, dtype=torch.float32):
    numbers = torch.as_tensor(values, dtype=dtype).detach()
    return nn.Parameter(numbers.to(dtype, copy=True))
