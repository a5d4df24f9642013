"""vmap of jacfwd."""

import torch


def batch_jacobian(f, X):
    return torch.func.vmap(torch.func.jacfwd(f))(X.detach().clone())
