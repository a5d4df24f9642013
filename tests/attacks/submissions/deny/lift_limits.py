"""Asks for the limits on memory, time and files to be lifted.
It must get: error, and the limits as they were.
"""

import resource

KINDS = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_CORE")


def weighted_grad(f, x, v):
    problems = []
    for name in KINDS:
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        try:
            resource.setrlimit(kind, (hard, resource.RLIM_INFINITY))
            raise RuntimeError(f"WON {name}")
        except (OSError, ValueError) as problem:
            problems.append(problem)
    raise problems[0]
