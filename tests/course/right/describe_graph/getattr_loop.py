def describe_graph(t):
    result = {}
    for key in ("requires_grad", "is_leaf", "grad_fn"):
        result[key] = getattr(t, key)
    if result["grad_fn"] is not None:
        result["grad_fn"] = result["grad_fn"].name()
    return result
