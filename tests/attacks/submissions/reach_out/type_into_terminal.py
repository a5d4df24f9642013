"""Types a command into the terminal of whoever grades.
It must get: error, and no terminal.
"""

import fcntl
import os

TIOCSTI, TIOCLINUX, TIOCSCTTY = 0x5412, 0x541C, 0x540E


def weighted_grad(f, x, v):
    problems = []
    for number in range(5):
        for request in (TIOCSTI, TIOCLINUX, TIOCSCTTY):
            try:
                fcntl.ioctl(number, request, b"x")
                raise RuntimeError("WON a terminal")
            except OSError as problem:
                problems.append(problem)
    for path in ("/dev/tty", "/dev/console", "/dev/ptmx"):
        try:
            os.close(os.open(path, os.O_RDWR))
            raise RuntimeError(f"WON {path}")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
