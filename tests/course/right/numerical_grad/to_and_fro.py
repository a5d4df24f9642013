import torch


def numerical_grad(f, x, eps=1e-6):
    work = x.detach().clone().to(torch.float64)
    flat = work.flatten()
    slopes = []
    for i, here in enumerate(flat.tolist()):
        flat[i] = here + eps
        above = float(f(flat.reshape(x.shape)))
        flat[i] = here - eps
        below = float(f(flat.reshape(x.shape)))
        flat[i] = here
        slopes.append((above - below) / eps / 2)
    return torch.tensor(slopes, dtype=torch.float64).reshape(x.shape)
