"""Changes modes, owners, times and attributes of files in the course and the marker folder.
It must get: error, and every file as it was.
"""

import os


def weighted_grad(f, x, v):
    problems = []
    for path in ("@MARKER@/bait", "@COURSE@/config.yaml", "@CLASS@/zzz_honest.py"):
        ways = (
            lambda path=path: os.chmod(path, 0o600),
            lambda path=path: os.chown(path, -1, -1),
            lambda path=path: os.utime(path, (1, 1)),
            lambda path=path: os.setxattr(path, "user.loot", b"1"),
        )
        for way in ways:
            try:
                way()
                raise RuntimeError(f"WON {path}")
            except OSError as problem:
                problems.append(problem)
    raise problems[0]
