# canary: autograd-grader-withheld-5c1f9a2e7b
"""Works on a fresh leaf, so that no gradient arrives at x."""


def straight_through(q, x):
    leaf = x.clone().detach().requires_grad_()
    return leaf + (q(x) - x).detach()
