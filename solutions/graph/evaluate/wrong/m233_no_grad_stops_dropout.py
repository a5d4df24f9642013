# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes no_grad for the switch that stops Dropout."""

import torch


def evaluate(model, X):
    with torch.no_grad():
        return model(X)
