"""torch.func.jacrev against quotients, entry by entry in Python."""

import torch
from torch.func import jacrev


def check_gradient(f, x):
    at = x.detach().to(torch.float64).flatten()

    def flat(p):
        return f(p.reshape(x.shape)).flatten()

    jacobian = jacrev(flat)(at)
    h = 1e-4
    for j in range(len(at)):
        plus, minus = at.clone(), at.clone()
        plus[j] += h
        minus[j] -= h
        for slope, high, low in zip(jacobian[:, j].tolist(), flat(plus).tolist(), flat(minus).tolist(), strict=True):
            if abs(slope - (high - low) / (2 * h)) > 1e-5 * max(1.0, abs(slope)):
                return False
    return True
