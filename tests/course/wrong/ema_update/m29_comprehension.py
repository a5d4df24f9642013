"""Builds a new list and puts its tensors in the place of the old ones."""

import torch


def ema_update(averages, weights, decay):
    with torch.no_grad():
        averages[:] = [decay * a + (1 - decay) * w for a, w in zip(averages, weights)]
