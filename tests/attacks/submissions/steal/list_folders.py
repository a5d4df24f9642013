"""Lists the course, the class, the temporary folder, the home folder and /proc.
It must get: error, and no list.
"""

import os


def weighted_grad(f, x, v):
    problems = []
    for folder in (
        "@COURSE@",
        "@CLASS@",
        "@OUT@",
        "@HOME@",
        "@MARKER@",
        "/tmp",
        "/home",
        "/",
        "/proc",
        "/etc",
        "/dev/shm",
    ):
        try:
            raise RuntimeError(f"WON {folder}: {os.listdir(folder)}")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
