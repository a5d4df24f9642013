"""gradcheck as it comes, with its exception turned into an answer."""

import torch


def check_gradient(f, x):
    leaf = torch.tensor(x.tolist(), dtype=torch.float64, requires_grad=True)
    try:
        torch.autograd.gradcheck(f, leaf, rtol=1e-4)
    except RuntimeError:
        return False
    return True
