# canary: autograd-grader-withheld-5c1f9a2e7b
"""Computes with x and v as they are, so the gradients require grad where they do."""


def backprop_chain(steps, x, v):
    inputs = [x]
    for f, _ in steps:
        inputs.append(f(inputs[-1]))
    gradients = [v.clone()]
    for (_, vjp), value in zip(reversed(steps), reversed(inputs[:-1]), strict=True):
        gradients.append(vjp(value, gradients[-1]).clone())
    return gradients[::-1]
