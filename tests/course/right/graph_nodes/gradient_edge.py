"""Starts from torch's own gradient edge of the result."""

from collections import deque

from torch.autograd.graph import get_gradient_edge


def graph_nodes(f, x):
    y = f(x.clone().detach().requires_grad_())
    if y.is_leaf:
        return []
    queue = deque([get_gradient_edge(y).node])
    found = []
    while queue:
        node = queue.popleft()
        if any(node is other for other in found):
            continue
        found.append(node)
        queue.extend(operand for operand, _ in node.next_functions if operand)
    return sorted(map(lambda node: node.name(), found))
