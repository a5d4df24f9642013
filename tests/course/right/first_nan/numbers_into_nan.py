"""Asks each node for nan that came out of numbers."""

import torch


def first_nan(f, x):
    y = f(x.detach().clone().requires_grad_())
    if y.grad_fn is None:
        return None
    culprits = []

    def has_nan(parts):
        return any(part is not None and bool(torch.isnan(part).any()) for part in parts)

    def watch(node):
        node.register_hook(lambda out, into: culprits.append(node) if has_nan(out) and not has_nan(into) else None)

    reached = {y.grad_fn}
    todo = [y.grad_fn]
    while todo:
        node = todo.pop()
        watch(node)
        for after, _ in node.next_functions:
            if after is not None and after not in reached:
                reached.add(after)
                todo.append(after)
    y.backward()
    return culprits[0].name() if culprits else None
