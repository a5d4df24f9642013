"""Connects to a port of this machine by TCP.
It must get: error, and no socket.
"""

import socket


def weighted_grad(f, x, v):
    with socket.socket() as made:
        made.settimeout(0.5)
        made.connect_ex(("127.0.0.1", 9))
    raise RuntimeError("WON a TCP socket")
