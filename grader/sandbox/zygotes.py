"""The zygotes of one run: one for files and one for notebooks, shared by every judge of the run.

Owns their processes: each is started when it is first asked for, proves that the layers hold, and is replaced when it
dies. Each judge has a conversation of its own with it. Knows nothing of what is run in them.
Imports no torch, so that the coordinator of a class, which owns them, stays small.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Protocol, Self

from grader.errors import InternalError, IsolationError
from grader.sandbox.confinement import Confinement
from grader.sandbox.control import connect, hear, say
from grader.sandbox.lockdown.landlock import GRADER, check_hides, libraries, parted, system_paths
from grader.sandbox.lockdown.layers import missing_layers

ENVIRONMENT = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",  # fewer page faults: a student process costs a quarter less
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": "/usr/bin:/bin",
    "PYTHONHASHSEED": "0",  # sets are iterated over in the same order in every run
}
REMEDY = "run `grader doctor`, or choose the weaker --isolation=process"
READY_SECONDS = 120.0
END_SECONDS = 30.0


def check_layers(without: frozenset[str], secret: tuple[Path, ...]) -> None:
    """Raise IsolationError where the machine lacks a layer, or where what students may read holds what is withheld."""
    lacking = dict[str, list[str]]()
    for name, why in missing_layers().items():
        if name not in without:
            lacking.setdefault(why, []).append(name)
    if lacking:
        reasons = "; ".join(f"{', '.join(names)}: {why}" for why, names in lacking.items())
        raise IsolationError(f"this machine can't isolate student code ({reasons}); {REMEDY}")
    if "landlock" not in without:
        check_hides(parted((*libraries(), *system_paths()), GRADER)[0], secret)


def check_proof(broken: list[str]) -> None:
    """Raise IsolationError for what a locked-down process could do though it must not."""
    if broken:
        raise IsolationError(f"the isolation of student code does not hold here ({'; '.join(broken)}); {REMEDY}")


class Door(Protocol):
    """Where a judge gets a conversation with a zygote."""

    def connect(self, *, notebooks: bool) -> socket.socket:
        """Return a new conversation with a zygote that is ready; InternalError or IsolationError where none can be."""


@dataclass
class Zygote:
    """A zygote as its owner sees it."""

    confinement: Confinement
    notebooks: bool
    check_proof: Callable[[list[str]], None]
    _process: subprocess.Popen[bytes] | None = None
    _control: socket.socket | None = None
    _ready: bool = False

    def launch(self) -> socket.socket:
        """Start the zygote, unless it runs, without waiting for it; return its owner's side of the conversation."""
        if self._control is not None and self._process is not None and self._process.poll() is None:
            return self._control
        self.end()
        self._control, theirs = connect()
        with theirs:
            self._process = start_zygote(theirs, self.confinement, notebooks=self.notebooks)
        return self._control

    def connect(self) -> socket.socket:
        """Return a new conversation with the zygote, once it is ready."""
        control = self.launch()
        if not self._ready:
            self._wait_until_ready(control)
        ours, theirs = connect()
        with theirs:
            try:
                say(control, {"do": "serve"}, [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def _wait_until_ready(self, control: socket.socket) -> None:
        control.settimeout(READY_SECONDS)
        if not (heard := hear(control)):
            self.end()
            raise InternalError("the zygote did not start; run `grader doctor` to see why")
        try:
            self.check_proof(heard[0]["broken"])
        except IsolationError:
            self.end()
            raise
        control.settimeout(None)
        self._ready = True

    def end(self) -> None:
        """End the zygote and every process below it; one that is not ready has none, and is not waited for."""
        control, process, was_ready = self._control, self._process, self._ready
        self._control, self._process, self._ready = None, None, False
        if control is not None:
            control.close()
        if process is None:
            return
        if not was_ready:
            process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass
class Zygotes:
    """The zygotes of a run; a context manager that ends them."""

    confinement: Confinement
    notebooks_only: bool = False
    """Whether one zygote, with IPython, is to serve files too: where notebooks are expected, it is enough."""
    check_proof: Callable[[list[str]], None] = check_proof
    _running: dict[bool, Zygote] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __enter__(self) -> Self:
        """Begin to start the zygote that is asked for first."""
        self.launch()
        return self

    def launch(self) -> None:
        """Begin to start the zygote that is asked for first, without waiting for it."""
        with self._lock:
            self._zygote(notebooks=False).launch()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every zygote."""
        self.close()

    def close(self) -> None:
        """End every zygote and every process below them."""
        while self._running:
            self._running.popitem()[1].end()

    def connect(self, *, notebooks: bool) -> socket.socket:
        """Return a new conversation with the zygote of a flavour; one that has died is started anew, once for all."""
        with self._lock:
            zygote = self._zygote(notebooks=notebooks)
            try:
                return zygote.connect()
            except OSError:
                zygote.end()
            try:
                return zygote.connect()
            except OSError as problem:
                raise InternalError(f"no zygote could be started: {problem}") from problem

    def _zygote(self, *, notebooks: bool) -> Zygote:
        flavour = notebooks or self.notebooks_only
        return self._running.setdefault(flavour, Zygote(self.confinement, flavour, self.check_proof))


def start_zygote(
    control: socket.socket, confinement: Confinement, *, notebooks: bool = False
) -> subprocess.Popen[bytes]:
    """Start a zygote with `control` as its side of the conversation."""
    command = [sys.executable, "-P", "-s", "-m", "grader.sandbox.zygote", str(control.fileno()), confinement.to_json()]
    command += ["notebooks"] if notebooks else []
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command,
        env=ENVIRONMENT,
        cwd="/",
        stdin=subprocess.DEVNULL,
        pass_fds=(control.fileno(),),
        start_new_session=True,
    )
