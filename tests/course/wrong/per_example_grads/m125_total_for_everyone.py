import torch


def per_example_grads(f, X):
    batch = X.detach().requires_grad_()
    gradient = torch.autograd.grad(sum(f(row).sum() for row in batch), batch)[0]
    return torch.ones_like(gradient) * gradient.sum(dim=0, keepdim=True)
