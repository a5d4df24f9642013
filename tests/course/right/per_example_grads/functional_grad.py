import torch


def per_example_grads(f, X):
    def total(batch):
        return torch.stack([f(row).squeeze() for row in batch]).sum()

    return torch.func.grad(total)(X.detach())
