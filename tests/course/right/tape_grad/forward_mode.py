"""Forward mode: each value carries its derivatives by all inputs."""

import math


def tape_grad(program, values):
    m = len(values)
    x = [(value, [float(k == n) for k in range(m)]) for n, value in enumerate(values)]
    for name, i, *others in program:
        a, da = x[i]
        b, db = x[others[0]] if others else (0.0, [0.0] * m)
        if name == "add":
            y, s, t = a + b, 1, 1
        elif name == "sub":
            y, s, t = a - b, 1, -1
        elif name == "mul":
            y, s, t = a * b, b, a
        elif name == "div":
            y, s, t = a / b, 1 / b, -a / b**2
        elif name == "sin":
            y, s, t = math.sin(a), math.cos(a), 0
        else:
            y, s, t = math.exp(a), math.exp(a), 0
        x.append((y, [s * p + t * q for p, q in zip(da, db, strict=True)]))
    return x[-1][1]
