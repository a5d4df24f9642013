"""Traces the zygote, by attaching to it and by seizing it.
It must get: error, and no trace.
"""

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
ATTACH, DETACH, SEIZE = 16, 17, 0x4206


def weighted_grad(f, x, v):
    for request in (SEIZE, ATTACH):
        if LIBC.ptrace(request, os.getppid(), None, None) == 0:
            LIBC.ptrace(DETACH, os.getppid(), None, None)
            raise RuntimeError("WON a trace of the zygote")
    raise PermissionError(ctypes.get_errno(), "refused")
