"""Renames and links files of the course and of the class, so that one student's file is another's.
It must get: error, and every name as it was.
"""

import os


def weighted_grad(f, x, v):
    problems = []
    ways = (
        lambda: os.rename("@MARKER@/bait", "@MARKER@/renamed"),
        lambda: os.replace("@CLASS@/zzz_honest.py", "@CLASS@/reach_out-move_files.py"),
        lambda: os.link("@CLASS@/zzz_honest.py", "@MARKER@/linked"),
        lambda: os.symlink("@COURSE@/solutions", "@MARKER@/link"),
        lambda: os.mkdir("@MARKER@/made"),
        lambda: os.mkfifo("@MARKER@/pipe"),
        lambda: os.mknod("@CLASS@/node"),
    )
    for way in ways:
        try:
            way()
            raise RuntimeError("WON a name")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
