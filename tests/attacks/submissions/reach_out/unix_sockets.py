"""Makes sockets of every other kind: by path, abstract, in a pair, netlink, packet, vsock, the kernel's ciphers.
It must get: error, and no socket.
"""

import socket

KINDS = ("AF_UNIX", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK", "AF_ALG", "AF_BLUETOOTH", "AF_TIPC")


def weighted_grad(f, x, v):
    problems = []
    for name in KINDS:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(getattr(socket, name, socket.AF_UNIX), kind).close()
                raise RuntimeError(f"WON {name}")
            except OSError as problem:
                problems.append(problem)
    try:
        socket.socketpair()
        raise RuntimeError("WON a pair")
    except OSError as problem:
        problems.append(problem)
    raise problems[0]
