"""A match statement, and a stack that is emptied on the way back."""

from math import cos, exp, sin


def tape_grad(program, values):
    x, stack = list(values), []
    for instruction in program:
        match instruction:
            case ("add", i, j):
                y, slopes = x[i] + x[j], [(i, 1), (j, 1)]
            case ("sub", i, j):
                y, slopes = x[i] - x[j], [(i, 1), (j, -1)]
            case ("mul", i, j):
                y, slopes = x[i] * x[j], [(i, x[j]), (j, x[i])]
            case ("div", i, j):
                y, slopes = x[i] / x[j], [(i, 1 / x[j]), (j, -x[i] / (x[j] * x[j]))]
            case ("sin", i):
                y, slopes = sin(x[i]), [(i, cos(x[i]))]
            case ("exp", i):
                y = exp(x[i])
                slopes = [(i, y)]
        x.append(y)
        stack.append(slopes)
    back = [0.0 for _ in x]
    back[-1] = 1.0
    while stack:
        come = back.pop()
        for place, slope in stack.pop():
            back[place] += slope * come
    return back
