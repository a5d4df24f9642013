"""What holds a student process where there is no Linux: what every POSIX system has, and no more.

It leads a session of its own, holds its pipes alone, and its CPU time, open files and written files are bounded; memory
and threads are not. Never used on Linux, whose own layers are in `lockdown`.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal

from grader.sandbox.limits import Limits
from grader.sandbox.lockdown.limits import alike, impose

MOST_OPEN = 4096
"""Above any descriptor of the zygote, which holds no student's for long."""


def confine(limits: Limits, *, cpu_seconds: int, first_closed: int) -> None:
    """Confine the calling process for good, and close its descriptors from `first_closed` on."""
    os.setsid()
    os.closerange(first_closed, MOST_OPEN)
    wanted = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    impose(alike(wanted))


def kill_group(pid: int) -> None:
    """Kill the process group that a student process leads, if it got that far; not what has left the group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # some systems refuse where all have ended
        os.killpg(pid, signal.SIGKILL)
