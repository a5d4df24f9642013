"""Stops where a node is called AccumulateGrad."""


def graph_nodes(f, x):
    out = f(x.detach().clone().requires_grad_())
    done, todo, result = set(), [out.grad_fn] if out.grad_fn else [], []
    while len(todo) > 0:
        n = todo.pop(0)
        if n in done or "AccumulateGrad" in n.name():
            continue
        done.add(n)
        result.append(n.name())
        todo += [pair[0] for pair in n.next_functions if pair[0] is not None]
    result.sort()
    return result
