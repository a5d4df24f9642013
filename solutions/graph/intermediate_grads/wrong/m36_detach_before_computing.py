# canary: autograd-grader-withheld-5c1f9a2e7b
"""Makes y a leaf by detaching it, so that nothing flows on to x."""


def intermediate_grads(f1, f2, x):
    leaf = x.detach().clone().requires_grad_()
    y = f1(leaf).detach().requires_grad_()
    f2(y).backward()
    return y.grad, leaf.grad
