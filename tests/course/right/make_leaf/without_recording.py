import torch


@torch.no_grad()
def make_leaf(values, dtype=torch.float32):
    numbers = torch.as_tensor(values, dtype=dtype)
    copy = torch.zeros_like(numbers) + numbers
    return copy.to(dtype).requires_grad_()
