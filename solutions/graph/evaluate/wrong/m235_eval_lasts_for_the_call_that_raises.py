# canary: autograd-grader-withheld-5c1f9a2e7b
"""Puts the modes back, but not when forward raises."""

import torch


def evaluate(model, X):
    flags = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        result = model(X)
    for module, training in flags:
        module.training = training
    return result
