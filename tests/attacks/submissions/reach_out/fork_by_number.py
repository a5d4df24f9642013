"""Starts a process by the bare system calls fork, vfork, clone and clone3.
It must get: error, and no process.
"""

import ctypes
import os
import struct

LIBC = ctypes.CDLL(None, use_errno=True)
SIGCHLD = 17


def call(number, *arguments):
    pid = LIBC.syscall(ctypes.c_long(number), *(ctypes.c_long(each) for each in arguments))
    if pid == 0:
        os._exit(0)
    if pid > 0:
        os.waitpid(pid, 0)
        raise RuntimeError(f"WON {pid} by {number}")
    return ctypes.get_errno()


def weighted_grad(f, x, v):
    is_intel = os.uname().machine == "x86_64"
    errors = [call(56 if is_intel else 220, SIGCHLD, 0, 0, 0, 0)]
    if is_intel:
        errors.append(call(57))
    arguments = struct.pack("=11Q", 0, 0, 0, 0, SIGCHLD, 0, 0, 0, 0, 0, 0)
    buffer = ctypes.create_string_buffer(arguments, len(arguments))
    errors.append(call(435, ctypes.addressof(buffer), 64))
    raise PermissionError(errors[0], f"refused with {errors}")
