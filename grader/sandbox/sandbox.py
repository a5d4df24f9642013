"""The judge's door to student processes: asks a zygote for them, and for another zygote when that one dies."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.errors import InternalError
from grader.sandbox.confinement import Confinement
from grader.sandbox.control import hear, say
from grader.sandbox.isolation import Isolation, left_out
from grader.sandbox.limits import Limits
from grader.sandbox.process import Lost, Pipes, StudentProcess
from grader.sandbox.zygotes import Door, Zygotes, check_layers

ANSWER_SECONDS = 30.0


class Sandbox:
    """Starts student processes; a context manager that ends every one.

    `door` leads to zygotes that others share. Without one the sandbox has zygotes of its own: `secret` names what no
    student process may read, `without` leaves further layers out, to prove each is needed, and by `notebooks_only` one
    zygote, with IPython, serves files too.
    """

    def __init__(  # noqa: PLR0913 - two ways to come to zygotes
        self,
        limits: Limits,
        *,
        isolation: Isolation = Isolation.SANDBOX,
        secret: tuple[Path, ...] = (),
        without: frozenset[str] = frozenset(),
        notebooks_only: bool = False,
        door: Door | None = None,
    ) -> None:
        self.limits = limits
        self.isolation = isolation
        self._secret = secret
        self._own = None if door else Zygotes(Confinement(limits, left_out(isolation) | without), notebooks_only)
        self._door: Door = door or self._own  # type: ignore[assignment]  # one of the two is there
        self._lines: dict[bool, Line] = {}

    def __enter__(self) -> Self:
        """Begin to start a zygote of its own, if it has any; IsolationError where the machine lacks a layer.

        The first student process waits until the zygote is warm and has proved that the layers hold.
        """
        if self._own is not None:
            check_layers(self._own.confinement.without, self._secret)
            self._own.launch()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every student process."""
        self.close()

    def close(self) -> None:
        """End every student process, and the zygotes that are the sandbox's own."""
        while self._lines:
            self._lines.popitem()[1].control.close()
        if self._own is not None:
            self._own.close()

    def wait_until_ready(self, *, notebook: bool = False) -> None:
        """Wait until a zygote is warm; IsolationError when a layer does not hold, InternalError when it is gone."""
        self._line(notebook=notebook)

    def start(self, *, notebook: bool = False, exercises: int = 1) -> StudentProcess:
        """Return a new student process, for files or a notebook; InternalError when none can be had.

        It has the CPU time of so many exercises.
        """
        with contextlib.suppress(OSError):
            return self._start(exercises, notebook=notebook)
        try:
            return self._start(exercises, notebook=notebook)
        except OSError as problem:
            raise InternalError(f"no student process could be started: {problem}") from problem

    def _start(self, exercises: int, *, notebook: bool) -> StudentProcess:
        line = self._line(notebook=notebook)
        try:
            return line.start(self.limits, exercises)
        except OSError:
            line.control.close()
            self._lines.pop(notebook, None)
            raise

    def _line(self, *, notebook: bool) -> Line:
        known = self._lines.get(notebook)
        if known is None or known.is_dead:
            if known is not None:
                known.control.close()
            control = self._door.connect(notebooks=notebook)
            control.settimeout(ANSWER_SECONDS)
            known = self._lines[notebook] = Line(control)
        return known


@dataclass
class Line:
    """One judge's conversation with one zygote."""

    control: socket.socket
    is_dead: bool = False

    def start(self, limits: Limits, exercises: int) -> StudentProcess:
        """Return a new student process; OSError where the zygote is gone."""
        request_read, request_write = os.pipe()
        reply_read, reply_write = os.pipe()
        output_read, output_write = os.pipe()
        errors_read, errors_write = os.pipe()
        theirs = [request_read, reply_write, output_write, errors_write]
        pipes = Pipes(request_write, reply_read, output_read, errors_read)
        try:
            answer, descriptors = self._ask({"do": "start", "exercises": exercises}, theirs)
        except BaseException:
            pipes.close()
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        return StudentProcess(answer["pid"], descriptors[0] if descriptors else None, pipes, limits, self._end)

    def _end(self, pid: int) -> int:
        """End a student process and return its exit code; `Lost` where the zygote is gone, and all below it too."""
        try:
            answer, _ = self._ask({"do": "end", "pid": pid})
        except OSError as problem:
            raise Lost("the zygote ended") from problem
        return int(answer["code"])

    def _ask(self, request: dict[str, Any], descriptors: Sequence[int] = ()) -> tuple[dict[str, Any], list[int]]:
        try:
            say(self.control, request, descriptors)
            if heard := hear(self.control):
                return heard
        except OSError:
            self.is_dead = True
            raise
        self.is_dead = True
        raise ConnectionResetError("the zygote is gone")
