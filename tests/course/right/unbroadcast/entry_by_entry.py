import itertools

import torch


def unbroadcast(g, shape):
    result = torch.zeros(shape, dtype=g.dtype)
    offset = g.dim() - len(shape)
    for index in itertools.product(*map(range, g.shape)):
        place = tuple(0 if size == 1 else index[offset + i] for i, size in enumerate(shape))
        result[place] += g[index].item()
    return result
