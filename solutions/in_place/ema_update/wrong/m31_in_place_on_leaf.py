# canary: autograd-grader-withheld-5c1f9a2e7b
"""Changes the leaf in place where it is recorded."""


def ema_update(targets, sources, decay):
    for target, source in zip(targets, sources, strict=True):
        target.mul_(decay).add_(source, alpha=1 - decay)
