"""Thinks that the input of the first step is needed, and nothing else."""


def saved_for_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    return f(leaf).grad_fn is not None, False
