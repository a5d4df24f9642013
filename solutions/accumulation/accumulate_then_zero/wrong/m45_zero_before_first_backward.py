# canary: autograd-grader-withheld-5c1f9a2e7b
"""Clears .grad before the very first backward has made one."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()

    def gradient(*functions):
        leaf.grad.zero_()
        for function in functions:
            function(leaf).backward()
        return leaf.grad.clone()

    return gradient(f), gradient(f, g), gradient(g)
