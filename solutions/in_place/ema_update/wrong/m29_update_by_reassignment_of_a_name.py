# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gives the name in its loop to a new tensor, so that nothing changes for the caller."""


def ema_update(targets, sources, decay):
    for target, source in zip(targets, sources, strict=True):
        target = decay * target + (1 - decay) * source  # noqa: PLW2901 - the mistake
