"""Changes the returned list in a thread while the worker writes it down.
It must get: failed or crashed.
"""

import threading

PARTS = [0.0] * 1000


def stir():
    while True:
        PARTS.append(0.0)
        if len(PARTS) > 5000:
            PARTS.clear()


threading.Thread(target=stir, daemon=True).start()


def weighted_grad(f, x, v):
    return PARTS
