# canary: autograd-grader-withheld-5c1f9a2e7b
"""Takes v.detach() for a copy, and what a vjp returns for a new tensor."""


def backprop_chain(steps, x, v):
    inputs = [x.detach()]
    for f, _ in steps:
        inputs.append(f(inputs[-1]))
    gradients = [v.detach()]
    for (_, vjp), value in zip(reversed(steps), reversed(inputs[:-1]), strict=True):
        gradients.append(vjp(value, gradients[-1]))
    return gradients[::-1]
