# canary: autograd-grader-withheld-5c1f9a2e7b
"""Goes backward from a result that has no graph."""

import torch


def first_nan(f, x):
    y = f(x.detach().clone().requires_grad_())
    if not y.requires_grad:
        y.backward()
    found, to_visit, seen = [], [y.grad_fn], set()
    while to_visit:
        node = to_visit.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        to_visit.extend(after for after, _ in node.next_functions)

        def hook(given, _received, node=node):
            if any(torch.is_tensor(each) and each.isnan().any() for each in given):
                found.append(node.name())

        node.register_hook(hook)
    y.backward()
    return found[0] if found else None
