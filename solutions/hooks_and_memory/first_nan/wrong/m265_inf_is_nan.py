# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes an infinite gradient for nan."""


def first_nan(f, x):
    y = f(x.detach().clone().requires_grad_())
    found, to_visit, seen = [], [y.grad_fn], set()
    while to_visit:
        node = to_visit.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        to_visit.extend(after for after, _ in node.next_functions)

        def hook(given, _received, node=node):
            if any(each is not None and not each.isfinite().all() for each in given):
                found.append(node.name())

        node.register_hook(hook)
    if y.requires_grad:
        y.backward()
    return found[0] if found else None
