# canary: autograd-grader-withheld-5c1f9a2e7b
"""Switches requires_grad on for the x of the caller and leaves it so."""


def graph_nodes(f, x):
    y = f(x.requires_grad_())
    to_visit, seen = [y.grad_fn], set()
    while to_visit:
        node = to_visit.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        to_visit.extend(operand for operand, _ in node.next_functions)
    return sorted(node.name() for node in seen)
