"""Objects with parents, sorted by position on the way back."""

import math


class Value:
    def __init__(self, data, parents=()):
        self.data = data
        self.parents = parents
        self.grad = 0.0


def apply(name, a, b=None):
    if name == "add":
        return Value(a.data + b.data, ((a, 1.0), (b, 1.0)))
    if name == "sub":
        return Value(a.data - b.data, ((a, 1.0), (b, -1.0)))
    if name == "mul":
        return Value(a.data * b.data, ((a, b.data), (b, a.data)))
    if name == "div":
        return Value(a.data / b.data, ((a, 1 / b.data), (b, -a.data / b.data**2)))
    if name == "sin":
        return Value(math.sin(a.data), ((a, math.cos(a.data)),))
    return Value(math.exp(a.data), ((a, math.exp(a.data)),))


def tape_grad(program, values):
    nodes = [Value(value) for value in values]
    for name, *places in program:
        nodes.append(apply(name, *[nodes[place] for place in places]))
    nodes[-1].grad = 1.0
    for node in nodes[::-1]:
        for parent, slope in node.parents:
            parent.grad += slope * node.grad
    return [node.grad for node in nodes[: len(values)]]
