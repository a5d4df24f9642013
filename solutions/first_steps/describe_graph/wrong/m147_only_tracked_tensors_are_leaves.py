# canary: autograd-grader-withheld-5c1f9a2e7b
"""Keeps the word leaf for tensors that require grad."""


def describe_graph(t):
    return {
        "requires_grad": t.requires_grad,
        "is_leaf": t.requires_grad and t.grad_fn is None,
        "grad_fn": None if t.grad_fn is None else t.grad_fn.name(),
    }
