# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes one of the copies instead of the sum of all."""


def unbroadcast(g, shape):
    total = g.detach().clone()
    for _ in range(g.dim() - len(shape)):
        total = total[0]
    for dimension, size in enumerate(shape):
        if size == 1:
            total = total.narrow(dimension, 0, 1)
    return total.clone()
