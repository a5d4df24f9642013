"""A judge in a process of its own, as its coordinator holds it: start it, ask it with a deadline, end it.

Owns the deadline: a judge that takes too long for one check by itself is killed, and the check is named. Knows nothing
of what is graded.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from grader.errors import GraderError, InternalError, IsolationError
from grader.grading.graded import Graded
from grader.grading.options import Options
from grader.grading.work import READY, Work
from grader.judge.own_time import RECORD, read_spending
from grader.sandbox.control import connect, hear, say
from grader.sandbox.zygotes import Door

COMMAND = (sys.executable, "-m", "grader.grading.serve")
"""What is started as a worker; its three descriptors are added."""
TEMPLATE = (sys.executable, "-m", "grader.grading.template")
"""What is started as a template; its descriptor is added."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Importing numpy starts a thread for each core but for these, and then forking is not clean."""
TICK = 0.5
CHECK_SECONDS = 60.0
"""What a judge may take by itself for one check; usual is a hundredth of a second."""
END_SECONDS = 30.0


class WorkerDied(Exception):  # noqa: N818 - an event, and not yet an error of anybody's
    """A worker ended while it held work, or before it was ready."""


class CheckTooSlow(Exception):  # noqa: N818 - an event, and not yet an error of anybody's
    """A judge took too long for one check by itself, and was killed."""

    def __init__(self, slug: str, check: str) -> None:
        super().__init__(f"{slug}/{check}")
        self.place = (slug, check)


class Running(Protocol):
    """A process that can be ended."""

    @property
    def exit_code(self) -> int | None:
        """The code with which it ended, or None where nobody tells."""

    def kill(self) -> None:
        """Kill the process."""

    def wait(self, seconds: float) -> bool:
        """Wait for the process's end; say whether it has ended."""


class Starter(Protocol):
    """What starts the process of a worker."""

    def start(self, descriptors: Sequence[int]) -> Running:
        """Start a worker that has these descriptors."""


def start(command: Sequence[str], descriptors: Sequence[int]) -> subprocess.Popen[bytes]:
    """Start a command that has these descriptors and computes with one thread."""
    environment = os.environ | ONE_THREAD
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, env=environment, pass_fds=tuple(descriptors))  # noqa: S603


@dataclass
class Started:
    """A worker that was started by a command."""

    process: subprocess.Popen[bytes]

    @property
    def exit_code(self) -> int | None:
        """The code with which it ended, or None while it runs."""
        return self.process.returncode

    def kill(self) -> None:
        """Kill the process."""
        self.process.kill()

    def wait(self, seconds: float) -> bool:
        """Wait for the process's end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        return self.process.poll() is not None


@dataclass(frozen=True)
class CommandStarter:
    """Starts each worker as a fresh process."""

    command: Sequence[str] = COMMAND

    def start(self, descriptors: Sequence[int]) -> Running:
        """Start the command with the descriptors' numbers as its last arguments."""
        command = [*self.command, *map(str, descriptors)]
        return Started(start(command, descriptors))


@dataclass
class Forked:
    """A worker that was forked from the template."""

    handle: int
    exit_code: int | None = None
    """Known to the template alone, whose child it is."""
    _ended: bool = False

    def kill(self) -> None:
        """Kill the process."""
        if not self._ended:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)

    def wait(self, seconds: float) -> bool:
        """Wait for the process's end."""
        if self._ended:  # the handle is closed, and its number may be another file's by now
            return True
        poll = select.poll()
        poll.register(self.handle, select.POLLIN)
        if not poll.poll(int(seconds * 1000)):
            return False
        os.close(self.handle)
        self._ended = True
        return True


class TemplateStarter:
    """Starts workers as forks of one process that has imported everything; where that is not clean, as fresh ones."""

    def __init__(self, command: Sequence[str] = TEMPLATE, otherwise: Starter | None = None) -> None:
        """Begin to start the template; `otherwise` starts the fresh processes."""
        self._control, theirs = connect()
        with theirs:
            self._process = start([*command, str(theirs.fileno())], (theirs.fileno(),))
        self._otherwise = otherwise or CommandStarter()
        self._is_clean: bool | None = None

    def start(self, descriptors: Sequence[int]) -> Running:
        """Start a worker."""
        if self._is_clean is None:
            heard = hear(self._control)
            self._is_clean = heard is not None and bool(heard[0]["clean"])
        heard = self._fork(descriptors) if self._is_clean else None
        if heard is None:
            self._is_clean = False
            return self._otherwise.start(descriptors)
        return Forked(heard[1][0])

    def _fork(self, descriptors: Sequence[int]) -> tuple[dict[str, Any], list[int]] | None:
        """Return what the template says of a new worker, or None where the template is gone."""
        try:
            say(self._control, {"do": "fork"}, descriptors)
        except OSError:
            return None
        return hear(self._control)

    def close(self) -> None:
        """End the template; the workers go on."""
        self._control.close()
        self._process.terminate()
        self._process.wait()


def shared_file() -> int:
    """Return a new file that has no name, for memory that two processes share."""
    if hasattr(os, "memfd_create"):  # Linux alone has it
        return os.memfd_create("own-time")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


class Worker:
    """A worker and its pipes."""

    def __init__(self, options: Options, door: Door, starter: Starter, *, check_seconds: float = CHECK_SECONDS) -> None:
        """Begin to start a worker; `wait_until_ready` waits for it."""
        self._door = door
        self._check_seconds = check_seconds
        self._page_file = shared_file()
        os.ftruncate(self._page_file, RECORD.size)
        self._page = mmap.mmap(self._page_file, RECORD.size)
        ours, theirs = socket.socketpair()
        self._doorway, outside = connect()
        self._pipe = Connection(ours.detach())
        with theirs, outside:
            self._process = starter.start((theirs.fileno(), outside.fileno(), self._page_file))
        self._is_ready = False
        with contextlib.suppress(OSError):
            self._pipe.send(options)

    def wait_until_ready(self) -> None:
        """Wait for the worker; what it met is raised here, and InternalError when it did not start."""
        if self._is_ready:
            return
        try:
            self._answer()
        except WorkerDied:
            raise InternalError("the judge could not be started; run `grader verify` to see why") from None
        self._is_ready = True

    def grade(self, work: Work) -> Graded:
        """Return what a submission is worth; WorkerDied or CheckTooSlow when this worker can't tell."""
        try:
            self._pipe.send(work)
        except OSError:
            raise WorkerDied(self._end_told()) from None
        graded: Graded = self._answer()
        return graded

    def kill(self) -> None:
        """Kill the worker; whoever waits for its answer learns that it died."""
        self._process.kill()

    def close(self) -> None:
        """End the worker: at once if it never became ready, else it has a while to end by itself."""
        self._pipe.close()
        self._doorway.close()
        if not self._is_ready or not self._process.wait(END_SECONDS):
            self._process.kill()
            self._process.wait(END_SECONDS)
        self._page.close()
        os.close(self._page_file)

    def _answer(self) -> Any:
        """Return the worker's next answer, and lead it to zygotes meanwhile."""
        while True:
            ready = wait([self._pipe, self._doorway], TICK)
            if self._doorway in ready:
                self._open_door()
            if self._pipe in ready:
                return self._received()
            self._check_deadline()

    def _received(self) -> Any:
        try:
            answer = self._pipe.recv()
        except (EOFError, OSError):
            raise WorkerDied(self._end_told()) from None
        if isinstance(answer, GraderError):
            raise answer
        return answer

    def _open_door(self) -> None:
        """Give the worker the conversation with a zygote that it asks for."""
        with contextlib.suppress(OSError):
            if not (heard := hear(self._doorway)):
                time.sleep(TICK)  # the worker is about to end, which its pipe tells
                return
            try:
                line = self._door.connect(notebooks=bool(heard[0]["notebooks"]))
            except GraderError as problem:
                say(self._doorway, {"problem": str(problem), "isolation": isinstance(problem, IsolationError)})
                return
            with line:
                say(self._doorway, {"connected": True}, [line.fileno()])

    def _check_deadline(self) -> None:
        spending = read_spending(self._page)
        if self._is_ready and spending is not None and spending.seconds > self._check_seconds:
            self._process.kill()
            raise CheckTooSlow(spending.slug, spending.check)

    def _end_told(self) -> str:
        self._process.kill()
        self._process.wait(END_SECONDS)
        code = self._process.exit_code
        return "its process has ended" if code is None else f"it ended with exit code {code}"


__all__ = ["COMMAND", "READY", "CheckTooSlow", "CommandStarter", "Starter", "TemplateStarter", "Worker", "WorkerDied"]
