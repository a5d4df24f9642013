"""Starts thousands of threads.
It must get: error, and no more threads than it may have.
"""

import threading

DONE = threading.Event()


def weighted_grad(f, x, v):
    threading.stack_size(64 * 1024)
    for _ in range(2000):
        threading.Thread(target=DONE.wait, daemon=True).start()
    raise RuntimeError("WON two thousand threads")
