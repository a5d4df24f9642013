def describe_graph(t):
    answer = {"grad_fn": None, "is_leaf": True, "requires_grad": t.requires_grad}
    if t.grad_fn:
        answer["grad_fn"] = t.grad_fn.name()
        answer["is_leaf"] = False
    return answer
