"""Centres the weights first: taking the mean weight off v changes nothing but makes the line shorter."""

import torch


def vjp_softmax(z, v):
    with torch.no_grad():
        s = z.softmax(-1)
        centred = v - torch.einsum("...i,...i->...", s, v).unsqueeze(-1)
        return s.mul(centred)
