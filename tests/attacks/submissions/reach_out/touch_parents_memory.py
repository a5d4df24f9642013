"""Reads and writes the zygote's memory at an address that both have in common.
It must get: error, and no byte moved.
"""

import ctypes
import os
import struct

LIBC = ctypes.CDLL(None, use_errno=True)
SHARED = b"the same address in both"


def weighted_grad(f, x, v):
    mine = ctypes.create_string_buffer(64)
    local = ctypes.create_string_buffer(struct.pack("=QQ", ctypes.addressof(mine), 64))
    remote = ctypes.create_string_buffer(struct.pack("=QQ", id(os), 64))
    for call in (LIBC.process_vm_readv, LIBC.process_vm_writev):
        given = local if call is LIBC.process_vm_readv else ctypes.create_string_buffer(struct.pack("=QQ", 0, 0))
        if call(os.getppid(), given, 1, remote, 1, 0) >= 0:
            raise RuntimeError("WON the zygote's memory")
    raise PermissionError(ctypes.get_errno(), "refused")
