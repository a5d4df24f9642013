# canary: autograd-grader-withheld-5c1f9a2e7b
"""Handles the instructions in the order in which they run."""

import math

OPERATIONS = {
    "add": (lambda a, b: a + b, lambda _a, _b: (1.0, 1.0)),
    "sub": (lambda a, b: a - b, lambda _a, _b: (1.0, -1.0)),
    "mul": (lambda a, b: a * b, lambda a, b: (b, a)),
    "div": (lambda a, b: a / b, lambda a, b: (1 / b, -a / b**2)),
    "sin": (math.sin, lambda a: (math.cos(a),)),
    "exp": (math.exp, lambda a: (math.exp(a),)),
}


def tape_grad(program, values):
    known = list(values)
    for name, *places in program:
        known.append(OPERATIONS[name][0](*(known[place] for place in places)))
    grads = [0.0] * len(known)
    grads[-1] = 1.0
    for result in range(len(values), len(known)):
        name, *places = program[result - len(values)]
        slopes = OPERATIONS[name][1](*(known[place] for place in places))
        for place, slope in zip(places, slopes, strict=True):
            grads[place] += grads[result] * slope
    return grads[: len(values)]
