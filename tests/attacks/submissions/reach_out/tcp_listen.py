"""Listens on a port of this machine.
It must get: error, and no socket.
"""

import socket


def weighted_grad(f, x, v):
    with socket.create_server(("127.0.0.1", 0)) as made:
        raise RuntimeError(f"WON {made.getsockname()}")
