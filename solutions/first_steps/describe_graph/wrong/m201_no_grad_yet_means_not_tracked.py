# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reads from .grad whether a tensor requires grad."""


def describe_graph(t):
    return {
        "requires_grad": t.grad is not None,
        "is_leaf": t.is_leaf,
        "grad_fn": None if t.grad_fn is None else t.grad_fn.name(),
    }
