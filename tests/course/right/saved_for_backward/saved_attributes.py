"""Walks the graph and reads the attributes that nodes save their tensors under."""

import torch


def saved_for_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    kept, todo, seen = set(), [y.grad_fn], set()
    while todo:
        node = todo.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        todo += [after for after, _ in node.next_functions]
        for name in dir(node):
            if name.startswith("_saved_"):
                value = getattr(node, name)
                if isinstance(value, torch.Tensor):
                    kept.add(value.untyped_storage().data_ptr())
    return leaf.untyped_storage().data_ptr() in kept, y.untyped_storage().data_ptr() in kept
