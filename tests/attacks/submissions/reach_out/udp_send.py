"""Sends a datagram to this machine by UDP, which Landlock does not hold.
It must get: error, and no socket.
"""

import socket


def weighted_grad(f, x, v):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.sendto(b"loot", ("127.0.0.1", 9))
    raise RuntimeError("WON a UDP socket")
