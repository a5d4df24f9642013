"""Stays away from autograd by way of .data."""


def ema_update(averages, weights, decay):
    for k, w in enumerate(weights):
        averages[k].data.lerp_(w.data, 1.0 - decay)
