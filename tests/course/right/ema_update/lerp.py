"""lerp_, which goes a share of the way towards the source."""

import torch


@torch.no_grad()
def ema_update(targets, sources, decay):
    for target, source in zip(targets, sources, strict=True):
        target.lerp_(source, 1 - decay)
