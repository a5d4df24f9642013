import torch


def make_leaf(values, dtype=torch.float32):
    source = values if isinstance(values, torch.Tensor) else torch.tensor(values, dtype=torch.float64)
    leaf = torch.empty(source.shape, dtype=dtype)
    leaf.copy_(source.detach())
    leaf.requires_grad = True
    return leaf
