"""Changes the zygote's limits, priority, scheduling and cores.
It must get: error, and a zygote as it was.
"""

import os
import resource


def weighted_grad(f, x, v):
    parent, problems = os.getppid(), []
    ways = (
        lambda: resource.prlimit(parent, resource.RLIMIT_NOFILE),
        lambda: os.setpriority(os.PRIO_PROCESS, parent, 0),
        lambda: os.setpriority(os.PRIO_USER, 0, 0),
        lambda: os.sched_setaffinity(parent, range(os.cpu_count() or 1)),
        lambda: os.sched_setscheduler(parent, os.SCHED_OTHER, os.sched_param(0)),
    )
    for way in ways:
        try:
            way()
            raise RuntimeError("WON a change of the zygote")
        except OSError as problem:
            problems.append(problem)
    raise problems[0]
