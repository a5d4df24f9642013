# canary: autograd-grader-withheld-5c1f9a2e7b
"""Evaluate, and leave no trace.

评估模型，不留痕迹。
"""

import torch
from torch import Tensor


def evaluate(model: torch.nn.Module, X: Tensor) -> Tensor:
    """Return model(X) with every module in eval mode and without a graph.

    model: a module, often made of others, some of which may be in eval mode already.
    X: a tensor that the model can be called with.

    Promised, also when the model raises: each module's training flag, grad mode and inference mode are afterwards
    as they were before. Parameters, their .grad and requires_grad, statistics of BatchNorm and X stay as they were.
    """
    flags = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.no_grad():
            return model(X)
    finally:
        for module, training in flags:
            module.training = training
