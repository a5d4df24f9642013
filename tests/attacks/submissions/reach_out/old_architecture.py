"""Makes a system call of the 32-bit architecture by machine code of its own, past a filter that knows one only.
It must get: crashed, by that very call; error on machines other than x86-64.
"""

import ctypes
import mmap
import os

GETPID_BY_INT_80 = bytes.fromhex("b814000000cd80c3")


def weighted_grad(f, x, v):
    if os.uname().machine != "x86_64":
        raise NotImplementedError("x86-64 only")
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(GETPID_BY_INT_80)
    function = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    found = function()
    raise RuntimeError(f"WON {found} of {os.getpid()}")
