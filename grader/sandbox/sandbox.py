"""The judge's door to student processes: starts the zygote, asks it for processes, restarts it when it dies.

The zygote is a fresh interpreter, never a fork of the judge, with an environment of its own.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.errors import InternalError, IsolationError
from grader.sandbox.confinement import Confinement
from grader.sandbox.control import connect, hear, say
from grader.sandbox.isolation import Isolation, left_out
from grader.sandbox.limits import Limits
from grader.sandbox.lockdown.landlock import check_hides, libraries, system_paths
from grader.sandbox.lockdown.layers import missing_layers
from grader.sandbox.process import Pipes, StudentProcess

ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": "/usr/bin:/bin",
}
REMEDY = "run `grader doctor`, or choose the weaker --isolation=process"
READY_SECONDS = 120.0
ANSWER_SECONDS = 30.0


class Sandbox:
    """A warm zygote and the student processes it forks; a context manager.

    `secret` names what no student process may read; `without` leaves further layers out, to prove each is needed.
    The processes of notebooks come from a second zygote, with IPython, which is started for the first of them.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        isolation: Isolation = Isolation.SANDBOX,
        secret: tuple[Path, ...] = (),
        without: frozenset[str] = frozenset(),
        has_ipython: bool = False,
    ) -> None:
        self.limits = limits
        self.isolation = isolation
        self._secret = secret
        self._without = left_out(isolation) | without
        self._zygote: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ready = False
        self._has_ipython = has_ipython
        self._notebooks: Sandbox | None = None

    def __enter__(self) -> Self:
        """Begin to start the zygote; IsolationError where the machine lacks a layer.

        The first student process waits until the zygote is warm and has proved that the layers hold.
        """
        self._check_layers()
        self._launch()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the zygote and every process below it."""
        self.close()

    def close(self) -> None:
        """End the zygote and every process below it; one that is not ready has none, and is not waited for."""
        if self._notebooks is not None:
            self._notebooks.close()
            self._notebooks = None
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._zygote is not None:
            if not self._ready:
                self._zygote.terminate()
            try:
                self._zygote.wait(ANSWER_SECONDS)
            except subprocess.TimeoutExpired:
                self._zygote.kill()
                self._zygote.wait()
            self._zygote = None

    def wait_until_ready(self) -> None:
        """Wait until the zygote is warm; IsolationError when a layer does not hold, InternalError when it is gone."""
        self._ensure()

    def start(self, *, notebook: bool = False) -> StudentProcess:
        """Return a new student process, for a file or a notebook; InternalError when none can be had."""
        if notebook and not self._has_ipython:
            return self._for_notebooks().start(notebook=True)
        try:
            return self._start()
        except OSError:
            self._discard()
        try:
            return self._start()
        except OSError as problem:
            raise InternalError(f"no student process could be started: {problem}") from problem

    def _for_notebooks(self) -> Sandbox:
        if self._notebooks is None:
            self._notebooks = Sandbox(
                self.limits, isolation=self.isolation, secret=self._secret, without=self._without, has_ipython=True
            ).__enter__()
        return self._notebooks

    def _start(self) -> StudentProcess:
        control = self._ensure()
        request_read, request_write = os.pipe()
        reply_read, reply_write = os.pipe()
        output_read, output_write = os.pipe()
        errors_read, errors_write = os.pipe()
        theirs = [request_read, reply_write, output_write, errors_write]
        pipes = Pipes(request_write, reply_read, output_read, errors_read)
        try:
            answer, descriptors = self._ask(control, {"do": "start"}, theirs)
        except BaseException:
            pipes.close()
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        handle = descriptors[0] if descriptors else None
        return StudentProcess(answer["pid"], handle, pipes, self.limits, partial(self._end, control))

    def _end(self, control: socket.socket, pid: int) -> int:
        if control is not self._control:  # its zygote is gone, and every process below it with it
            return 0
        try:
            answer, _ = self._ask(control, {"do": "end", "pid": pid})
        except OSError:
            self._discard()
            return 0
        return int(answer["code"])

    def _discard(self) -> None:
        if self._zygote is not None:
            self._zygote.kill()
        self.close()

    def _ask(
        self, control: socket.socket, request: dict[str, Any], descriptors: Sequence[int] = ()
    ) -> tuple[dict[str, Any], list[int]]:
        say(control, request, descriptors)
        if not (heard := hear(control)):
            raise ConnectionResetError("the zygote is gone")
        return heard

    def _launch(self) -> socket.socket:
        self._control, theirs = connect()
        with theirs:
            self._zygote = start_zygote(theirs, Confinement(self.limits, self._without), notebooks=self._has_ipython)
        self._ready = False
        return self._control

    def _ensure(self) -> socket.socket:
        control = self._control or self._launch()
        if not self._ready:
            control.settimeout(READY_SECONDS)
            if not (heard := hear(control)):
                self._discard()
                raise InternalError("the zygote did not start; run `grader doctor` to see why")
            self._check_proof(heard[0]["broken"])
            control.settimeout(ANSWER_SECONDS)
            self._ready = True
        return control

    def _check_layers(self) -> None:
        lacking = dict[str, list[str]]()
        for name, why in missing_layers().items():
            if name not in self._without:
                lacking.setdefault(why, []).append(name)
        if lacking:
            reasons = "; ".join(f"{', '.join(names)}: {why}" for why, names in lacking.items())
            raise IsolationError(f"this machine can't isolate student code ({reasons}); {REMEDY}")
        if "landlock" not in self._without:
            check_hides((*libraries(), *system_paths()), self._secret)

    def _check_proof(self, broken: list[str]) -> None:
        if broken:
            self._discard()
            raise IsolationError(f"the isolation of student code does not hold here ({'; '.join(broken)}); {REMEDY}")


def start_zygote(
    control: socket.socket, confinement: Confinement, *, notebooks: bool = False
) -> subprocess.Popen[bytes]:
    """Start the zygote with `control` as its side of the conversation."""
    command = [sys.executable, "-I", "-m", "grader.sandbox.zygote", str(control.fileno()), confinement.to_json()]
    command += ["notebooks"] if notebooks else []
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command,
        env=ENVIRONMENT,
        cwd="/",
        stdin=subprocess.DEVNULL,
        pass_fds=(control.fileno(),),
        start_new_session=True,
    )
