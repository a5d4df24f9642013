"""A hook on the node that fills .grad; the node is kept by the hook itself."""

from functools import partial


def step_in_backward(params, lr):
    def after(p, node, _inputs, _outputs):
        p.detach().sub_(lr * p.grad)
        p.grad = None

    handles = []
    for p in params:
        if p.requires_grad:
            node = p.view_as(p).grad_fn.next_functions[0][0]
            handles.append(node.register_hook(partial(after, p, node)))
    return handles
