"""Waits for input, a lock and a signal, none of which comes.
It must get: error or timeout.
"""

import signal
import threading


def weighted_grad(f, x, v):
    try:
        input("what now? ")
    except EOFError:
        threading.Event().wait(0.01)
    signal.pause()
