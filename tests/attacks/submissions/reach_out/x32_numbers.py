"""Makes system calls by the numbers of the x32 architecture, which share the 64-bit way in.
It must get: crashed, by that very call; error on machines other than x86-64.
"""

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
X32 = 0x40000000


def weighted_grad(f, x, v):
    if os.uname().machine != "x86_64":
        raise NotImplementedError("x86-64 only")
    LIBC.syscall(ctypes.c_long(X32 + 41), 2, 1, 0)
    raise RuntimeError(f"WON an answer: {ctypes.get_errno()}")
