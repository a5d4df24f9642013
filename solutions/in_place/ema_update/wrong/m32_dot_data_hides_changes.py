# canary: autograd-grader-withheld-5c1f9a2e7b
"""Writes through .data, which no counter sees."""


def ema_update(targets, sources, decay):
    for target, source in zip(targets, sources, strict=True):
        target.data.mul_(decay).add_(source.data, alpha=1 - decay)
