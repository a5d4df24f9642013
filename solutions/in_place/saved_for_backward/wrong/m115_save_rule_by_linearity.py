# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes what is not linear for what keeps both ends."""

import torch


def saved_for_backward(f, x):
    start = x.detach()
    linear = torch.allclose(f(2 * start) - f(0 * start), 2 * (f(start) - f(0 * start)), equal_nan=True)
    return not linear, not linear
