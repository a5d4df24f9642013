import itertools

import numpy as np
import torch


def numerical_grad(f, x, eps=1e-6):
    numbers = x.detach().numpy().astype(np.float64)
    gradient = np.zeros_like(numbers)
    for index in itertools.product(*(range(size) for size in numbers.shape)):
        plus, minus = numbers.copy(), numbers.copy()
        plus[index] += eps
        minus[index] -= eps
        gradient[index] = (f(torch.tensor(plus)).item() - f(torch.tensor(minus)).item()) / (2 * eps)
    return torch.from_numpy(gradient)
