"""Opens what the zygote and the judge hold open, through /proc.
It must get: error, and no file.
"""

import os


def weighted_grad(f, x, v):
    problems = []
    for number in range(30):
        try:
            with open(f"/proc/{os.getppid()}/fd/{number}", "rb") as file:
                raise RuntimeError(f"WON {file.read(100)!r}")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
