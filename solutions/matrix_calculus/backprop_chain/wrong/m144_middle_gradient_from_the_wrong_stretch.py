# canary: autograd-grader-withheld-5c1f9a2e7b
"""Puts the derivative of the step before at each middle stage."""

import torch


def backprop_chain(steps, x, v):
    stages = [x.detach()]
    for f, _ in steps:
        stages.append(f(stages[-1]))
    g = v.detach().clone()
    gradients = [g]
    for k in reversed(range(len(steps))):
        g = steps[k][1](stages[k], g).clone()
        if k == 0:
            gradients.append(g)
        else:
            gradients.append(steps[k - 1][1](stages[k - 1], torch.ones_like(stages[k])).clone())
    return gradients[::-1]
