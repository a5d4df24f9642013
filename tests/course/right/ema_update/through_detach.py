"""A detached tensor shares memory and counter, and may be changed in place."""


def ema_update(targets, sources, decay):
    for i in range(len(targets)):
        view = targets[i].detach()
        view.copy_(decay * view + (1 - decay) * sources[i].detach())
