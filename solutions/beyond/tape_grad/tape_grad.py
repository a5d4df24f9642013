# canary: autograd-grader-withheld-5c1f9a2e7b
"""An engine of your own.

自己的求导引擎。
"""

import math

OPERATIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "sin": math.sin,
    "exp": math.exp,
}
SLOPES = {
    "add": lambda _a, _b: (1.0, 1.0),
    "sub": lambda _a, _b: (1.0, -1.0),
    "mul": lambda a, b: (b, a),
    "div": lambda a, b: (1 / b, -a / b**2),
    "sin": lambda a: (math.cos(a),),
    "exp": lambda a: (math.exp(a),),
}


def tape_grad(program: list[tuple], values: list[float]) -> list[float]:
    """Return the derivatives of the last value that a program computes with respect to its inputs.

    program: instructions such as ("mul", 0, 1) or ("sin", 2), carried out in order; each appends one value. The
        operations are add, sub, mul, div, sin and exp; the numbers are positions of earlier values, inputs first.
    values: the inputs.

    Returns one float for each input; 0.0 where it has no influence. Without instructions the last value is the last
    input. The work grows with the number of instructions, not with that of the paths.

    Promised: program and values are left as they were; torch's autograd is not used.
    """
    known = list(values)
    for name, *places in program:
        known.append(OPERATIONS[name](*(known[place] for place in places)))
    grads = [0.0] * len(known)
    grads[-1] = 1.0
    for result in reversed(range(len(values), len(known))):
        name, *places = program[result - len(values)]
        slopes = SLOPES[name](*(known[place] for place in places))
        for place, slope in zip(places, slopes, strict=True):
            grads[place] += grads[result] * slope
    return grads[: len(values)]
