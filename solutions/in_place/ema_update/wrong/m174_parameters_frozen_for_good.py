# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad off for the targets, so that they may be changed."""


def ema_update(targets, sources, decay):
    for target, source in zip(targets, sources, strict=True):
        target.requires_grad = False
        target.mul_(decay).add_(source.detach(), alpha=1 - decay)
