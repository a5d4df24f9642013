"""Calls train() at the end."""

import torch


@torch.no_grad()
def evaluate(model, X):
    model.train(mode=False)
    try:
        out = model(X)
    finally:
        model.train(mode=True)
    return out
