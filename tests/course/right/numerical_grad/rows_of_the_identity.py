import torch


@torch.no_grad()
def numerical_grad(f, x, eps=1e-6):
    steps = eps * torch.eye(x.numel(), dtype=torch.float64)
    at = x.double()
    above = torch.stack([f(at + step.reshape(x.shape)).reshape(()) for step in steps])
    below = torch.stack([f(at - step.reshape(x.shape)).reshape(()) for step in steps])
    return ((above - below) / (2 * eps)).reshape(x.shape)
