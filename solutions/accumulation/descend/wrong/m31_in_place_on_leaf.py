# canary: autograd-grader-withheld-5c1f9a2e7b
"""Changes the leaf in place while autograd is recording."""


def descend(loss, w, lr, steps):
    leaf = w.detach().clone().requires_grad_()
    for _ in range(steps):
        loss(leaf).backward()
        leaf -= lr * leaf.grad
        leaf.grad = None
    return leaf.detach()
