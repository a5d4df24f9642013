"""Indices, and no value of the last step, which nobody needs."""

import torch


def backprop_chain(steps, x, v):
    count = len(steps)
    inputs = [None] * count
    for k in range(count):
        inputs[k] = x.detach() if k == 0 else steps[k - 1][0](inputs[k - 1])
    result = [torch.empty(0)] * count + [v.detach().clone()]
    for k in range(count - 1, -1, -1):
        result[k] = steps[k][1](inputs[k], result[k + 1]).clone()
    return result
