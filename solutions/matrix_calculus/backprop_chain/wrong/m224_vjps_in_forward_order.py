# canary: autograd-grader-withheld-5c1f9a2e7b
"""Applies the vjps in the order of the program."""


def backprop_chain(steps, x, v):
    inputs = [x.detach()]
    for f, _ in steps:
        inputs.append(f(inputs[-1]))
    gradients = [v.detach().clone()]
    for (_, vjp), value in zip(steps, inputs, strict=False):
        gradients.append(vjp(value, gradients[-1]).clone())
    return gradients[::-1]
