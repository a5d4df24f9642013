"""A process that has imported all that a judge needs, and forks workers: they share what they imported.

Run as `python -m grader.grading.template CONTROL`. It runs nothing of torch itself, so that it has one thread and
forking it is clean. It speaks as a zygote does: `fork`, with a worker's three descriptors, answers a pid and its pidfd.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from pathlib import Path

from grader.grading.serve import serve
from grader.sandbox.control import hear, say


def main() -> None:
    """Fork workers until the coordinator closes its side; those that run end with their own pipes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the workers: the coordinator holds their pidfds
    gc.collect()
    gc.freeze()
    say(control, {"clean": len(list(Path("/proc/self/task").iterdir())) == 1})
    while heard := hear(control):
        _, descriptors = heard
        pid = os.fork()
        if pid == 0:
            become_worker(control, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        handle = os.pidfd_open(pid)
        say(control, {"pid": pid}, [handle])
        os.close(handle)


def become_worker(control: socket.socket, descriptors: list[int]) -> None:
    """Be a worker; never returns."""
    code = 1
    try:
        control.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        serve(*descriptors)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
