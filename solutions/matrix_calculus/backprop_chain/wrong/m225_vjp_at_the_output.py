# canary: autograd-grader-withheld-5c1f9a2e7b
"""Calls each vjp with the output of its step."""


def backprop_chain(steps, x, v):
    outputs, value = [], x.detach()
    for f, _ in steps:
        value = f(value)
        outputs.append(value)
    gradients = [v.detach().clone()]
    for (_, vjp), output in zip(reversed(steps), reversed(outputs), strict=True):
        gradients.append(vjp(output, gradients[-1]).clone())
    return gradients[::-1]
