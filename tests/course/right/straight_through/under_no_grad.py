"""The difference is computed under no_grad."""

import torch


def straight_through(q, x):
    with torch.no_grad():
        difference = q(x) - x
    return x + difference
