"""Opens the memory of the zygote and of processes near it as files.
It must get: error, and no byte of it.
"""

import os


def weighted_grad(f, x, v):
    parent = os.getppid()
    problems = []
    for pid in range(max(1, parent - 50), parent + 50):
        try:
            os.close(os.open(f"/proc/{pid}/mem", os.O_RDONLY))
            raise RuntimeError(f"WON the memory of {pid}")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
