"""Makes thousands of calls and tensors for the recorder to note.
It must get: failed, in the time of a call.
"""

import torch


def weighted_grad(f, x, v):
    total = torch.zeros_like(x)
    kept = []
    for _ in range(3000):
        total = total * 1
        kept.append(total)
    return total
