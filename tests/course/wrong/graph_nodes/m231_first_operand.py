"""Goes down the chain of first operands by recursion."""


def chain(node):
    if node is None:
        return []
    rest = chain(node.next_functions[0][0]) if len(node.next_functions) else []
    return [node.name(), *rest]


def graph_nodes(f, x):
    w = x.detach().clone()
    w.requires_grad = True
    return sorted(chain(f(w).grad_fn))
