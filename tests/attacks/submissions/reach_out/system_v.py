"""Makes shared memory, message queues and semaphores that outlive their process.
It must get: error, and nothing made.
"""

import ctypes

LIBC = ctypes.CDLL(None, use_errno=True)
KEY, CREATE, REMOVE = 0x7A1B2C3D, 0o1000 | 0o600, 0


def weighted_grad(f, x, v):
    for make, remove in (("shmget", "shmctl"), ("msgget", "msgctl"), ("semget", "semctl")):
        given = (KEY, 4096, CREATE) if make == "shmget" else (KEY, CREATE) if make == "msgget" else (KEY, 1, CREATE)
        if (found := getattr(LIBC, make)(*given)) >= 0:
            getattr(LIBC, remove)(*((found, 0, REMOVE) if remove == "semctl" else (found, REMOVE, None)))
            raise RuntimeError(f"WON {make}")
    raise PermissionError(ctypes.get_errno(), "refused")
