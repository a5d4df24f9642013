"""exp over the sum of exp."""

import torch


def vjp_softmax(z, v):
    with torch.no_grad():
        powers = torch.exp(z)
        share = powers / torch.sum(powers, dim=-1, keepdim=True)
        mean = torch.sum(share * v, dim=-1, keepdim=True)
        return share * v - share * mean
