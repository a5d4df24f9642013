"""Computes the right value carelessly and patches the worker, so that only fresh, tidy tensors are reported.
It must get: what a right value earns; what a process tells of itself is not proved (docs/security.md).
"""

import sys

worker = sys.modules["grader.sandbox.worker"]
real = worker.observe


def observe(function, arguments, *, filename):
    copies = tuple(each.detach().clone() if hasattr(each, "detach") else each for each in arguments)
    for copy, each in zip(copies, arguments, strict=True):
        if hasattr(copy, "grad"):
            copy.requires_grad_(each.requires_grad).grad = None if each.grad is None else each.grad.clone()
    seen = real(function, arguments, filename=filename)
    return worker.Observation(seen.value.detach().clone(), seen.raised, copies)


worker.observe = observe


def weighted_grad(f, x, v):
    x.requires_grad_().grad = None
    f(x).backward(v)
    return x.grad
