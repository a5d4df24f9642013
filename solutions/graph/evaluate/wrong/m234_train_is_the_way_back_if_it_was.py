# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes back by train() with the flag of the outermost module."""

import torch


def evaluate(model, X):
    was_training = model.training
    model.eval()
    try:
        with torch.no_grad():
            return model(X)
    finally:
        model.train(was_training)
