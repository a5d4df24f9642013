"""A copy of the model is put into eval mode, so that the original is never touched."""

import copy

import torch


def evaluate(model, X):
    with torch.no_grad():
        return copy.deepcopy(model).eval()(X.detach())
