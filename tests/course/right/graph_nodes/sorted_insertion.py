"""Keeps the list of names sorted while it walks."""

import bisect

import torch


def graph_nodes(f, x):
    with torch.enable_grad():
        y = f(x.detach().clone().requires_grad_())
    names, seen, stack = [], [], [] if y.grad_fn is None else [y.grad_fn]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.append(node)
        bisect.insort(names, node.name())
        for operand, _number in node.next_functions:
            if operand is not None:
                stack.append(operand)
    return names
