# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes the first number of the index for the column."""


def output_gradient(f, x, index):
    leaf = x.detach().clone().requires_grad_()
    f(leaf)[index if isinstance(index, int) else index[::-1]].backward()
    return leaf.grad
