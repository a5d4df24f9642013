# canary: autograd-grader-withheld-5c1f9a2e7b
"""Follows the first edge of each node only."""


def graph_nodes(f, x):
    names = []
    node = f(x.detach().clone().requires_grad_()).grad_fn
    while node is not None:
        names.append(node.name())
        node = node.next_functions[0][0] if node.next_functions else None
    return sorted(names)
