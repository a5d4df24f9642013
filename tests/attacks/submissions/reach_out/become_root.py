"""Becomes root, or any other user, and takes capabilities back.
It must get: error, and stay an ordinary user.
"""

import os


def weighted_grad(f, x, v):
    if 0 in os.getresuid() + os.getresgid():
        raise RuntimeError(f"WON it is root already: {os.getresuid()} {os.getresgid()}")
    problems = []
    ways = (
        lambda: os.setuid(0),
        lambda: os.setgid(0),
        lambda: os.setresuid(0, 0, 0),
        lambda: os.setgroups([0]),
        lambda: os.seteuid(os.getuid() + 1),
    )
    for way in ways:
        try:
            way()
            raise RuntimeError("WON another identity")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
