# canary: autograd-grader-withheld-5c1f9a2e7b
"""Gives each vjp ones, as if the steps after it did not count."""

import torch


def backprop_chain(steps, x, v):
    stages = [x.detach()]
    for f, _ in steps:
        stages.append(f(stages[-1]))
    gradients = []
    for (_, vjp), value, result in zip(steps, stages, stages[1:], strict=False):
        gradients += [vjp(value, torch.ones_like(result)).clone()]
    return [*gradients, v.detach().clone()]
