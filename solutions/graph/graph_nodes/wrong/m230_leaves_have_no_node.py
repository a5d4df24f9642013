# canary: autograd-grader-withheld-5c1f9a2e7b
"""Leaves the nodes of the leaves out."""


def graph_nodes(f, x):
    y = f(x.detach().clone().requires_grad_())
    to_visit, seen = [y.grad_fn], set()
    while to_visit:
        node = to_visit.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        to_visit.extend(operand for operand, _ in node.next_functions)
    return sorted(node.name() for node in seen if node.next_functions)
