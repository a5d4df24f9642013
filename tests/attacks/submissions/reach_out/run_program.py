"""Runs a shell by every way that Python has.
It must get: error, and no program.
"""

import os
import subprocess


def weighted_grad(f, x, v):
    problems = []
    ways = (
        lambda: subprocess.run(["/bin/sh", "-c", "echo loot"], capture_output=True, check=True).stdout,
        lambda: os.popen("echo loot").read(),
        lambda: os.system("exit 7") == 7 << 8,
        lambda: os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", ":"], {}), 0),
    )
    for way in ways:
        try:
            if found := way():
                raise RuntimeError(f"WON {found!r}")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
