def accumulate_then_zero(f, g, x):
    a = b = c = x
    return a, b, c
