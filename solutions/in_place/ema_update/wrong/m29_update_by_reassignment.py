# canary: autograd-grader-withheld-5c1f9a2e7b
"""Puts new tensors into the list of the caller."""


def ema_update(targets, sources, decay):
    for index, source in enumerate(sources):
        average = decay * targets[index] + (1 - decay) * source
        targets[index] = average.detach().requires_grad_(targets[index].requires_grad)
