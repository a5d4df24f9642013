# canary: autograd-grader-withheld-5c1f9a2e7b
"""Reshapes the gradient to the wanted shape."""


def unbroadcast(g, shape):
    return g.detach().clone().reshape(shape)
