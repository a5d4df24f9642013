"""A recursive walk over a dictionary of names by node."""


def graph_nodes(f, x):
    names = {}

    def visit(node):
        if node is None or node in names:
            return
        names[node] = node.name()
        for following in node.next_functions:
            visit(following[0])

    visit(f(x.detach().requires_grad_()).grad_fn)
    return sorted(names.values())
