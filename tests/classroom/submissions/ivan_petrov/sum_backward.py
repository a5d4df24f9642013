import sys


def sum_backward(f, x):
    print("sum_backward called with", x, file=sys.stderr)
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    print("result", leaf.grad)
    return leaf.grad
