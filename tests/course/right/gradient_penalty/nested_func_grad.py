"""torch.func.grad of a loss that uses torch.func.grad_and_value."""

import torch


def gradient_penalty(f, params, x):
    at = x.detach()

    def loss(leaves):
        slope, y = torch.func.grad_and_value(lambda point: f(leaves, point))(at)
        return y + slope.square().sum()

    return [gradient.clone() for gradient in torch.func.grad(loss)([p.detach() for p in params])]
