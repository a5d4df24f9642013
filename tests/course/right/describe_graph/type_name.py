def describe_graph(t):
    node = t.grad_fn
    name = type(node).__name__ if node is not None else None
    return {"requires_grad": t.requires_grad, "is_leaf": t.is_leaf, "grad_fn": name}
