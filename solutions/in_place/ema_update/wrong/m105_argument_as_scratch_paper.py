# canary: autograd-grader-withheld-5c1f9a2e7b
"""Scales the sources of the caller in place before it adds them."""

import torch


def ema_update(targets, sources, decay):
    with torch.no_grad():
        for target, source in zip(targets, sources, strict=True):
            target.mul_(decay).add_(source.mul_(1 - decay))
