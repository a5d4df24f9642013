# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes back by train(), which wakes every module up."""

import torch


def evaluate(model, X):
    model.eval()
    try:
        with torch.no_grad():
            return model(X)
    finally:
        model.train()
