"""All pairs at once."""

import torch


def ema_update(targets, sources, decay):
    with torch.no_grad():
        torch._foreach_mul_(targets, decay)
        torch._foreach_add_(targets, sources, alpha=1 - decay)
