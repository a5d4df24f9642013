"""Looks for whatever is not finite."""


def first_nan(f, x):
    y = f(x.detach().clone().requires_grad_())
    if y.grad_fn is None:
        return None
    names, stack, done = [], [y.grad_fn], set()
    while stack:
        node = stack.pop()
        if node is None or node in done:
            continue
        done.add(node)
        stack += [pair[0] for pair in node.next_functions]
        node.register_hook(
            lambda out, _in, n=node: (
                names.append(n.name()) if any(o is not None and (o - o).ne(0).any() for o in out) else None
            )
        )
    y.backward()
    return names[0] if names else None
