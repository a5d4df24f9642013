import torch


def make_leaf(values, dtype=torch.float32):
    if torch.is_tensor(values):
        values = values.tolist()
    return torch.tensor(values, dtype=dtype, requires_grad=True)
