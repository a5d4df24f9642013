# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gives the decay to the new value."""

import torch


def ema_update(targets, sources, decay):
    with torch.no_grad():
        for target, source in zip(targets, sources, strict=True):
            target.lerp_(source, decay)
