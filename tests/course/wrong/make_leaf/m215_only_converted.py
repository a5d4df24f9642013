import torch


def make_leaf(values, dtype=torch.float32):
    if not isinstance(values, torch.Tensor):
        values = torch.tensor(values)
    values = values.to(dtype)
    values.requires_grad_()
    return values
