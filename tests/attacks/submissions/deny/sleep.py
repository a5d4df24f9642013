"""Sleeps for a day.
It must get: timeout.
"""

import time


def weighted_grad(f, x, v):
    time.sleep(86_400)
