"""Puts the hidden inputs into the name of an exception class and of its module.
It must get: error, and below the level visible no name but Python's own.
"""


def weighted_grad(f, x, v):
    name = "LEAK " + str(f) + str(x.tolist())
    raise type(name, (Exception,), {"__module__": name, "__qualname__": name})(name)
