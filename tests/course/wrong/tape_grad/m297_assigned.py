"""The gradient of a value is assigned."""

import math


def tape_grad(program, values):
    xs = [*values]
    for op, *at in program:
        ins = [xs[k] for k in at]
        xs.append(
            ins[0] + ins[1]
            if op == "add"
            else ins[0] - ins[1]
            if op == "sub"
            else ins[0] * ins[1]
            if op == "mul"
            else ins[0] / ins[1]
            if op == "div"
            else math.sin(ins[0])
            if op == "sin"
            else math.exp(ins[0])
        )
    g = dict.fromkeys(range(len(xs)), 0.0)
    g[len(xs) - 1] = 1.0
    k = len(xs) - 1
    for op, *at in program[::-1]:
        if op == "sin":
            g[at[0]] = g[k] * math.cos(xs[at[0]])
        elif op == "exp":
            g[at[0]] = g[k] * xs[k]
        else:
            i, j = at
            g[i] = g[k] * {"add": 1, "sub": 1, "mul": xs[j], "div": 1 / xs[j] if op == "div" else 0}[op]
            g[j] = g[k] * {"add": 1, "sub": -1, "mul": xs[i], "div": -xs[i] / xs[j] ** 2 if op == "div" else 0}[op]
        k -= 1
    return [g[n] for n in range(len(values))]
