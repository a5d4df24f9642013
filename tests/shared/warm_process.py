"""A process that has imported what a zygote or a worker needs, and forks them.

Run as `warm_process.py SOCKET OWNER MODULE [notebooks]`: it listens at SOCKET, goes on in the background, and ends with
the process of the number OWNER. A request brings the descriptors and their numbers in the new process, its arguments,
environment and folder; the answer is the process's number, and in the end its exit code.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib
import json
import os
import runpy
import select
import shutil
import signal
import socket
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LONGEST = 1 << 20
MANY = 16
"""How many descriptors one request brings at the most."""


def warm_up(module: str, *flavour: str) -> None:
    """Import what the module needs, and run what it would run once."""
    importlib.import_module(module)
    del sys.modules[module]  # what is forked runs it as `__main__`, and knows it by no other name
    if flavour:
        importlib.import_module("grader.sandbox.notebook.notebook_module").warm_notebook()
    if module == "grader.sandbox.zygote":
        warming = importlib.import_module("grader.sandbox.warming")
        warming.warm_torch()
        warming.warm_matplotlib()


def keep_warm(place: Path, owner: str) -> None:
    """Go on in the background, and fork what is asked for, until the owner has ended."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listening.bind(str(place))
    listening.listen(MANY)
    if os.fork():
        os._exit(0)
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while Path("/proc", owner).exists():
        if select.select([listening], [], [], 1.0)[0]:
            connection, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                supervise(connection)
            connection.close()
    shutil.rmtree(place.parent, ignore_errors=True)
    os._exit(0)


def supervise(connection: socket.socket) -> None:
    """Fork a process, tell its number, and how it ends; never returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    message, descriptors, _, _ = socket.recv_fds(connection, LONGEST, MANY)
    pid = os.fork()
    if pid == 0:
        connection.close()
        become(json.loads(message), descriptors)
    for descriptor in (0, 1, 2, *descriptors):
        os.close(descriptor)
    connection.send(str(pid).encode())
    _, status = os.waitpid(pid, 0)
    with contextlib.suppress(OSError):
        connection.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def become(request: dict[str, Any], descriptors: Sequence[int]) -> None:
    """Run a module as the process that was asked for; never returns."""
    code = 1
    try:
        place(descriptors, request["descriptors"])
        os.setsid()
        os.chdir(request["folder"])
        os.environ.clear()
        os.environ.update(request["environment"])
        sys.argv = [request["module"], *request["arguments"]]
        runpy.run_module(request["module"], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - on the process's own stderr
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        os._exit(code)


def place(descriptors: Sequence[int], numbers: Sequence[int]) -> None:
    """Give descriptors the numbers that the process expects, and close those that came."""
    above = max([*numbers, *descriptors]) + 1
    given = (os.open(os.devnull, os.O_RDONLY), *descriptors)
    moved = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, above) for each in given]
    for each in given:
        os.close(each)
    for number, each in zip((0, *numbers), moved, strict=True):
        os.dup2(each, number)
        os.close(each)


if __name__ == "__main__":
    warm_up(*sys.argv[3:])
    keep_warm(Path(sys.argv[1]), sys.argv[2])
