"""Multiplies matrices for ever, with the interpreter's lock released.
It must get: timeout.
"""

import torch


def weighted_grad(f, x, v):
    a = torch.rand(800, 800)
    while True:
        a = a @ a
        a /= a.norm()
