# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reads both results from the .grad of the arguments, whatever they held before."""


def vjp_and_jvp(f, x, v, u):
    x.requires_grad_()
    v.requires_grad_()
    f(x).backward(v, create_graph=True, inputs=[x])
    vjp = x.grad
    vjp.backward(u, inputs=[v])
    return vjp.detach().clone(), v.grad.clone()
