# canary: autograd-grader-withheld-5c1f9a2e7b
"""Walks along all edges and forgets where it has been; gives up after some thousand names."""

MOST = 3000


def visit(node, names):
    if node is None or len(names) >= MOST:
        return
    names.append(node.name())
    for operand, _ in node.next_functions:
        visit(operand, names)


def graph_nodes(f, x):
    names = []
    visit(f(x.detach().clone().requires_grad_()).grad_fn, names)
    return sorted(names)
