"""The derivative of the last value by each value, from those that use it, remembered."""

import math
from functools import cache


def tape_grad(program, values):
    x = list(values)
    uses = [[] for _ in range(len(values) + len(program))]
    for k, (name, *places) in enumerate(program, start=len(values)):
        a = x[places[0]]
        b = x[places[-1]]
        y, slopes = {
            "add": lambda: (a + b, (1, 1)),
            "sub": lambda: (a - b, (1, -1)),
            "mul": lambda: (a * b, (b, a)),
            "div": lambda: (a / b, (1 / b, -a / b / b)),
            "sin": lambda: (math.sin(a), (math.cos(a),)),
            "exp": lambda: (math.exp(a), (math.exp(a),)),
        }[name]()
        x.append(y)
        for place, slope in zip(places, slopes):
            uses[place].append((k, slope))

    @cache
    def by(place):
        if place == len(x) - 1:
            return 1.0
        return float(sum(slope * by(user) for user, slope in uses[place]))

    return [by(place) for place in range(len(values))]
