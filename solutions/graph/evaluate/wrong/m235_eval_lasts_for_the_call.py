# canary: autograd-grader-withheld-5c1f9a2e7b
"""Leaves the model in eval mode."""

import torch


def evaluate(model, X):
    model.eval()
    with torch.no_grad():
        return model(X)
