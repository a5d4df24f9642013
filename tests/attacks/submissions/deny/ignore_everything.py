"""Catches every exception and ignores every signal that can be ignored, for ever.
It must get: timeout.
"""

import signal

for number in range(1, 32):
    if number not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(number, signal.SIG_IGN)


def weighted_grad(f, x, v):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
