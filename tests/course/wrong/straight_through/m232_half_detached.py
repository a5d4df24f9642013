"""Adds q(x) and takes a constant x away."""

import torch


def straight_through(q, x):
    with torch.no_grad():
        minus = -1 * x
    return torch.add(torch.add(x, q(x)), minus)
