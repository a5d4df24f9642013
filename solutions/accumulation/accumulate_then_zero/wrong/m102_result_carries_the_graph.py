# canary: autograd-grader-withheld-5c1f9a2e7b
"""Asks for create_graph where keeping the graph for one more backward was meant."""


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    z = g(leaf)
    y.backward(create_graph=True)
    a = leaf.grad.clone()
    z.backward(create_graph=True)
    b = leaf.grad.clone()
    leaf.grad = None
    z.backward(create_graph=True)
    c = leaf.grad.clone()
    return a, b, c
