# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches recording off and never on again."""

import torch


def evaluate(model, X):
    flags = [(module, module.training) for module in model.modules()]
    model.eval()
    torch.set_grad_enabled(False)
    try:
        return model(X)
    finally:
        for module, training in flags:
            module.training = training
