"""Writes to the kernel's files: who dies when memory is short, where dumps go, the control groups.
It must get: error, and not one opened.
"""

import os

PATHS = (
    "/proc/self/oom_score_adj",
    "/proc/self/coredump_filter",
    "/proc/self/mem",
    "/proc/self/uid_map",
    "/proc/self/task/self/comm",
    "/proc/sys/kernel/core_pattern",
    "/proc/sysrq-trigger",
    "/sys/fs/cgroup/cgroup.procs",
)


def weighted_grad(f, x, v):
    problems = []
    for path in PATHS:
        try:
            os.close(os.open(path, os.O_WRONLY))
            raise RuntimeError(f"WON {path}")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
