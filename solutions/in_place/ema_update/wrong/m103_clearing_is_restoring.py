# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears the old gradients of the targets after the step, as a training loop would."""

import torch


def ema_update(targets, sources, decay):
    with torch.no_grad():
        for target, source in zip(targets, sources, strict=True):
            target.lerp_(source, 1 - decay)
            target.grad = None
