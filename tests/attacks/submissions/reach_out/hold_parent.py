"""Takes hold of the zygote by a process descriptor, and takes descriptors out of it.
It must get: error, and no hold.
"""

import ctypes
import os
import signal


def weighted_grad(f, x, v):
    problems = []
    try:
        handle = os.pidfd_open(os.getppid())
        signal.pidfd_send_signal(handle, 0)
        raise RuntimeError("WON a hold on the zygote")
    except OSError as problem:
        problems.append(problem)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(438, 0, 0, 0) >= 0 or ctypes.get_errno() not in (1, 13, 38):
        raise RuntimeError("WON the kernel looked at pidfd_getfd's arguments")
    raise problems[0]
