"""Offers an abstract Unix socket, which no file stands for, as a meeting place for students.
It must get: error, and no socket.
"""

import socket


def weighted_grad(f, x, v):
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("\0attack-marker")
        made.listen()
    raise RuntimeError("WON a meeting place")
