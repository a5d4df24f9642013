"""Resolves a name of this machine, the usual way to carry data out by DNS.
It must get: error, and no look-up.
"""

import socket


def weighted_grad(f, x, v):
    found = socket.getaddrinfo("localhost", 80)
    raise RuntimeError(f"WON {found}")
