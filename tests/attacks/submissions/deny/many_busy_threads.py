"""Burns processor time in as many threads as it gets.
It must get: timeout.
"""

import threading

import torch


def burn():
    a = torch.rand(400, 400)
    while True:
        a = a @ a / 400


def weighted_grad(f, x, v):
    threading.stack_size(1 << 20)
    for _ in range(5):
        threading.Thread(target=burn, daemon=True).start()
    burn()
