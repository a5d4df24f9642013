"""Runs a module of the grader as on a POSIX system that is not Linux: without pidfds, prctl, /proc, or any layer.

`python bare_system.py MODULE ARGUMENTS`. What is taken away fails as it would there; zygotes are started likewise.
"""

import errno
import os
import resource
import runpy
import signal
import socket
import subprocess
import sys

from grader.sandbox import zygotes
from grader.sandbox.warming import warm_torch

LACKING = {
    os: ("pidfd_open", "sched_getaffinity", "memfd_create"),
    signal: ("pidfd_send_signal",),
    resource: ("prlimit", "RLIMIT_MSGQUEUE", "RLIMIT_NICE", "RLIMIT_RTPRIO", "RLIMIT_SIGPENDING"),
}
LINUX_FOLDERS = ("/proc", "/sys", "/dev/fd")


def refuse(event, given):
    """Fail where the other system would, by Python's own announcement of what is about to be done."""
    if event in ("open", "os.listdir", "os.scandir") and str(given[0]).startswith(LINUX_FOLDERS):
        raise FileNotFoundError(errno.ENOENT, "this system has no such folder", str(given[0]))
    if event == "ctypes.dlsym" and given[1] in ("prctl", "syscall"):
        raise AttributeError(f"this system has no {given[1]}")
    if event == "socket.__new__" and given[2] == socket.SOCK_SEQPACKET:
        raise OSError(errno.EPROTONOSUPPORT, "this system has no such sockets")


def start_zygote(control, confinement, *, notebooks=False):
    """Start a zygote that finds itself on the other system."""
    command = [
        sys.executable,
        "-P",
        "-s",
        __file__,
        "grader.sandbox.zygote",
        str(control.fileno()),
        confinement.to_json(),
    ]
    command += ["notebooks"] if notebooks else []
    return subprocess.Popen(
        command,
        env=zygotes.ENVIRONMENT,
        cwd="/",
        stdin=subprocess.DEVNULL,
        pass_fds=(control.fileno(),),
        start_new_session=True,
    )


def become_bare():
    """Take away for good what the other system lacks; torch is this system's own and loaded before."""
    warm_torch()
    for module, names in LACKING.items():
        for name in names:
            delattr(module, name)
    sys.platform = "darwin"
    sys.addaudithook(refuse)


if __name__ == "__main__":
    become_bare()
    zygotes.start_zygote = start_zygote
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
