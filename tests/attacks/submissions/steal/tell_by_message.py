"""Puts the hidden inputs into an exception's message, its notes and its cause.
It must get: error, and below the level visible nothing that it said.
"""


def weighted_grad(f, x, v):
    problem = ValueError(f"LEAK {f} {x.tolist()} {v.tolist()}")
    problem.add_note(f"LEAK {f}")
    raise problem from KeyError(f"LEAK {x}")
