"""Changes its personality, its dumpability, its death signal, its filters and its securebits.
It must get: error, and stay as it is.
"""

import ctypes

LIBC = ctypes.CDLL(None, use_errno=True)
SET_PDEATHSIG, SET_DUMPABLE, SET_SECCOMP, SET_SECUREBITS, SET_MM, SET_CHILD_SUBREAPER = 1, 4, 22, 28, 35, 36


def weighted_grad(f, x, v):
    if LIBC.personality(0x0040000) != -1:
        raise RuntimeError("WON another personality")
    for given in (
        (SET_PDEATHSIG, 0),
        (SET_DUMPABLE, 1),
        (SET_SECCOMP, 0),
        (SET_SECUREBITS, 0),
        (SET_MM, 1),
        (SET_CHILD_SUBREAPER, 1),
    ):
        ctypes.set_errno(0)
        if LIBC.prctl(*given, 0, 0, 0) == 0 or ctypes.get_errno() not in (1, 13, 38):
            raise RuntimeError(f"WON prctl {given} {ctypes.get_errno()}")
    raise PermissionError(1, "refused")
