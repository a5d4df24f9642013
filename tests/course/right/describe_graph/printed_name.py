def describe_graph(t):
    name = None
    if t.grad_fn is not None:
        name = str(t.grad_fn).split(" ")[0].lstrip("<")
    return {"requires_grad": t.requires_grad, "is_leaf": t.is_leaf, "grad_fn": name}
