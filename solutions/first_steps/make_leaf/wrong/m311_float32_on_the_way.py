# canary: autograd-grader-withheld-5c1f9a2e7b
"""Makes a float32 tensor first and converts it afterwards, when the digits are gone."""

import torch


def make_leaf(values, dtype=torch.float32):
    made = values if torch.is_tensor(values) else torch.tensor(values)
    return made.detach().clone().to(dtype).requires_grad_()
