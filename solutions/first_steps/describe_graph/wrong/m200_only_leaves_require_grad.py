# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes requires_grad for a property of leaves alone."""


def describe_graph(t):
    return {
        "requires_grad": t.is_leaf and t.requires_grad,
        "is_leaf": t.is_leaf,
        "grad_fn": None if t.grad_fn is None else t.grad_fn.name(),
    }
