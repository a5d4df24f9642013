"""Zygotes, templates and workers forked from warm processes: one that imports torch anew takes five seconds of a core.

`install` lets the grader of this process fork what it would start, and `warm_command` is the command line with the same
means. What is forked runs the very module that would have been started.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from grader.cli.app import main as run_command_line
from grader.grading import worker
from grader.sandbox import zygotes

ZYGOTE, TEMPLATE, WORKER = "grader.sandbox.zygote", "grader.grading.template", "grader.grading.serve"
SECONDS = 60.0
WARM = str(Path(__file__).with_name("warm_process.py"))


class Forked:
    """A process that was forked elsewhere, held as `subprocess.Popen` holds a child."""

    def __init__(self, status: socket.socket, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._status = status

    def poll(self) -> int | None:
        """Return how the process ended, or None while it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; return the code."""
        if self.returncode is None:
            if not select.select([self._status], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("forked", timeout or 0.0)
            told = self._status.recv(16)
            self._status.close()
            self.returncode = int(told) if told else -signal.SIGKILL
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the process."""
        self.send_signal(signal.SIGKILL)


class Incubator:
    """Stands in for the module `subprocess` where the grader starts its own processes."""

    DEVNULL, TimeoutExpired = subprocess.DEVNULL, subprocess.TimeoutExpired

    def __init__(self, owner: int) -> None:
        """Serve the test run whose first process has the number `owner`, and with which the warm processes end."""
        self._owner = owner
        self._folder = Path(tempfile.gettempdir()) / f"incubator-{owner}"

    def Popen(self, command: Sequence[str], **settings: Any) -> Forked | subprocess.Popen[bytes]:  # noqa: N802 - as there
        """Fork a process where a warm one runs the command's module, else start the command."""
        module = next((each for each in (ZYGOTE, TEMPLATE, WORKER) if each in command), None)
        if module is None:
            return subprocess.Popen(command, **settings)
        return self._fork(module, command[command.index(module) + 1 :], settings)

    def _fork(self, module: str, arguments: Sequence[str], settings: dict[str, Any]) -> Forked:
        descriptors = [1, 2, *settings["pass_fds"]]
        request = {"module": module, "arguments": list(arguments), "descriptors": descriptors}
        request |= {"environment": dict(settings["env"]), "folder": settings.get("cwd") or str(Path.cwd())}
        flavour = (ZYGOTE, *arguments[2:]) if module == ZYGOTE else (WORKER,)
        connection = self._connected(*flavour)
        socket.send_fds(connection, [json.dumps(request).encode()], descriptors)
        pid = int(connection.recv(16))
        return Forked(connection, pid)

    def _connected(self, module: str, *flavour: str) -> socket.socket:
        """Return a connection with the warm process of a module, which is started by whoever comes first."""
        place = self._folder / "-".join((module, *flavour))
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not place.exists():
                settings = zygotes.ENVIRONMENT if module == ZYGOTE else os.environ | worker.ONE_THREAD
                command = [sys.executable, "-P", "-s", WARM, str(place), str(self._owner), module, *flavour]
                with place.with_suffix(".log").open("wb") as log:  # its own output would hold our caller's pipe
                    subprocess.run(command, env=settings, cwd="/", stdout=log, stderr=log, check=True, timeout=SECONDS)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        connection.connect(str(place))
        return connection


def run_owner() -> int:
    """Return the number of the first process of this test run, which xdist's others are children of."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def install(owner: int, put: Callable[[object, str, object], None] = setattr) -> None:
    """Let the grader, in this process, fork what it would start; `put` sets an attribute."""
    for module in (zygotes, worker):
        put(module, "subprocess", Incubator(owner))


def warm_command() -> list[str]:
    """Return what `python -m grader` is with the same means, for a process of its own."""
    return [sys.executable, __file__, str(run_owner())]


if __name__ == "__main__":
    install(int(sys.argv[1]))
    sys.argv = ["grader", *sys.argv[2:]]
    run_command_line()
