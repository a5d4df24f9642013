import torch


@torch.no_grad()
def make_leaf(values, dtype=torch.float32):
    copy = torch.zeros_like(torch.as_tensor(values), dtype=dtype) + torch.as_tensor(values)
    return copy.to(dtype).requires_grad_()
