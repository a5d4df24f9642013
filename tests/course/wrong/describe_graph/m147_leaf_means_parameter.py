def describe_graph(t):
    node = t.grad_fn
    leaf = bool(node is None and t.requires_grad)
    return {"grad_fn": node.name() if node else None, "is_leaf": leaf, "requires_grad": t.requires_grad}
