"""Writes a few megabytes wherever it can: the temporary folder, shared memory, a file in memory.
It must get: error, and not one byte written.
"""

import os


def weighted_grad(f, x, v):
    problems = []
    for folder in ("@MARKER@", "/tmp", "/dev/shm", "/var/tmp", "/run", "."):
        path = os.path.join(folder, "attack-marker-fill")
        try:
            with open(path, "wb") as file:
                file.write(bytes(2 << 20))
            os.unlink(path)
            raise RuntimeError(f"WON {path}")
        except OSError as problem:
            problems.append(problem)
    try:
        os.write(os.memfd_create("fill"), bytes(2 << 20))
        raise RuntimeError("WON a file in memory")
    except OSError as problem:
        problems.append(problem)
    raise problems[0]
