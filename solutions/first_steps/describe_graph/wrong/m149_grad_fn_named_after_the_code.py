# canary: autograd-grader-withheld-5c1f9a2e7b
"""Leaves out the number at the end, as an old version of torch printed the name."""


def describe_graph(t):
    return {
        "requires_grad": t.requires_grad,
        "is_leaf": t.is_leaf,
        "grad_fn": None if t.grad_fn is None else t.grad_fn.name().rstrip("0"),
    }
