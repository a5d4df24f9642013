"""torch.func.vjp pulls the number 1 back to both arguments."""

import torch


def first_partials(f, x1, x2):
    y, pull_back = torch.func.vjp(f, x1.detach(), x2.detach())
    return pull_back(torch.ones_like(y))
