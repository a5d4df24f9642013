"""Answers, and lets a thread send further messages afterwards.
It must get: failed or crashed, for the later ones answer nothing.
"""

import os
import threading
import time


def send_later():
    while True:
        time.sleep(0.001)
        os.write(4, b"\x03\x00\x00\x00\x00\x00\x00\x00\x93\x01\x02")


def weighted_grad(f, x, v):
    threading.Thread(target=send_later, daemon=True).start()
    return x * 0
