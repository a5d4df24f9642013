"""Makes POSIX shared memory, named semaphores and message queues.
It must get: error, and nothing made.
"""

import ctypes
import multiprocessing.shared_memory
import os


def weighted_grad(f, x, v):
    problems = []
    try:
        made = multiprocessing.shared_memory.SharedMemory("attack-marker", create=True, size=4096)
        made.unlink()
        raise RuntimeError("WON shared memory")
    except OSError as problem:
        problems.append(problem)
    libc = ctypes.CDLL(None, use_errno=True)
    if (queue := libc.mq_open(b"/attack-marker", os.O_CREAT | os.O_RDWR, 0o600, None)) >= 0:
        os.close(queue)
        libc.mq_unlink(b"/attack-marker")
        raise RuntimeError("WON a message queue")
    raise problems[0]
