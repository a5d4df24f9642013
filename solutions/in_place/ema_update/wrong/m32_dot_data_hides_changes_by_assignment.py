# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gives the target other memory by assigning to .data."""


def ema_update(targets, sources, decay):
    for target, source in zip(targets, sources, strict=True):
        target.data = (decay * target + (1 - decay) * source).detach()
