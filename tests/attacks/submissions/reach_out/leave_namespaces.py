"""Leaves its namespaces, enters others, mounts and changes its root.
It must get: error, and stay where it is.
"""

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
NEW_USER, NEW_NAMES = 0x10000000, 0x00020000


def weighted_grad(f, x, v):
    ways = (
        lambda: LIBC.unshare(NEW_USER | NEW_NAMES),
        lambda: LIBC.unshare(NEW_NAMES),
        lambda: LIBC.setns(0, 0),
        lambda: LIBC.mount(b"none", b"@MARKER@", b"tmpfs", 0, None),
        lambda: LIBC.chroot(b"@MARKER@"),
        lambda: LIBC.pivot_root(b"/", b"/") if hasattr(LIBC, "pivot_root") else -1,
    )
    for index, way in enumerate(ways):
        if way() == 0:
            raise RuntimeError(f"WON way {index}")
    raise PermissionError(ctypes.get_errno(), f"refused, still user {os.getuid()}")
