# canary: autograd-grader-withheld-5c1f9a2e7b
"""Names the node that is handed the first nan."""


def first_nan(f, x):
    y = f(x.detach().clone().requires_grad_())
    found, to_visit, seen = [], [y.grad_fn], set()
    while to_visit:
        node = to_visit.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        to_visit.extend(after for after, _ in node.next_functions)

        def hook(_given, received, node=node):
            if any(each is not None and each.isnan().any() for each in received):
                found.append(node.name())

        node.register_hook(hook)
    if y.requires_grad:
        y.backward()
    return found[0] if found else None
