# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes detach() for a copy, which matters where nothing is summed."""


def unbroadcast(g, shape):
    total = g.detach()
    for _ in range(g.dim() - len(shape)):
        total = total.sum(0)
    for dimension, size in enumerate(shape):
        if size == 1:
            total = total.sum(dimension, keepdim=True)
    return total
