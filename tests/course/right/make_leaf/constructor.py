import warnings

import torch


def make_leaf(values, dtype=torch.float32):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.tensor(values, dtype=dtype, requires_grad=True)
