import re


def describe_graph(t):
    name = None
    if t.grad_fn is not None:
        name = re.sub(r"\d+$", "", type(t.grad_fn).__name__)
    return {"requires_grad": t.requires_grad, "is_leaf": t.is_leaf, "grad_fn": name}
