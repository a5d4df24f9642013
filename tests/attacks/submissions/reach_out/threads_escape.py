"""Starts threads in the hope that the filter or the ruleset holds the first one only.
It must get: error, in every thread.
"""

import os
import socket
import threading


def weighted_grad(f, x, v):
    found = []

    def try_it():
        for way in (socket.socket, os.fork, lambda: open("/etc/passwd")):
            try:
                if way() == 0:
                    os._exit(0)
                found.append(way)
            except OSError:
                continue

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if found:
        raise RuntimeError(f"WON {found}")
    raise ValueError("the same in every thread")
