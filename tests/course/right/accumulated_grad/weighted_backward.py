"""The share of a part is the weight that backward starts from."""

import torch


def accumulated_grad(loss, w, X, sizes):
    w = torch.nn.Parameter(w.detach().clone())
    for part in torch.split(X.detach(), sizes):
        share = torch.tensor(len(part) / sum(sizes))
        value = loss(w, part)
        value.backward(share.to(value.dtype))
    return w.grad.clone()
