"""Student processes for the sources of one submission: those that forbid the same share one.

A guard against forbidden calls is for a process's life, so no source of an exercise with another list is ever loaded
beside them. All sources of a process are loaded before the first is called, each from surroundings that those before
it left as they were; else it gets a process of its own. So an exercise ends as it would in a process of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from grader.judge.program import Program
from grader.protocol.messages import Begin, Begun, Load, Loaded, Request
from grader.sandbox.limits import Limits
from grader.sandbox.process import Allowed, Lost, Stopped, StudentProcess

Answer = TypeVar("Answer", Loaded, Begun)

GROWN_BYTES = 64 << 20
"""The memory that an exercise may leave behind in its process for the next one."""


class ProcessSource(Protocol):
    """What starts student processes."""

    limits: Limits

    def start(self, *, notebook: bool = False, exercises: int = 1) -> StudentProcess:
        """Return a new student process, for files or a notebook, with the CPU time of so many exercises."""


@dataclass
class Host:
    """A student process and what it has loaded, by the source's name."""

    process: StudentProcess
    loaded: dict[str, Loaded] = field(default_factory=dict)
    printed: dict[str, int] = field(default_factory=dict)
    """How many bytes each source printed while it was loaded: they count for its own exercise."""
    memory_bytes: int = 0


@dataclass
class Hosts:
    """The processes of one submission, one at a time."""

    source: ProcessSource
    programs: Sequence[Program] = ()
    """Those that are still to be run."""
    _host: Host | None = None
    _loners: list[Program] = field(default_factory=list)
    """Those that can't be loaded beside others."""

    def begin(self, program: Program, *, alone: bool = False) -> tuple[StudentProcess, Loaded]:
        """Return a process that has turned to `program`, and what loading it gave.

        Raises `Stopped` where the source had to be stopped while it was loaded.
        """
        if self._host is not None and not alone:
            if self._turn(self._host, program):
                return self._host.process, self._host.loaded[program.name]
            self.drop()
        others = [] if alone or program in self._loners else self._others(program)
        host = self._host = self._open(program, others)
        if not self._turn(host, program):
            close_quietly(host.process)
            raise Stopped("message", "an answer to another question")
        host.memory_bytes = memory_of(host.process)
        return host.process, host.loaded[program.name]

    def finish(self, program: Program) -> None:
        """End the process, unless it still serves: a source that waits for its turn and has its memory."""
        self.programs = [each for each in self.programs if each is not program]
        host = self._host
        if host is None or host.process.ended:
            return
        waits = any(each.name in host.loaded and each.shares_a_process_with(program) for each in self.programs)
        if not waits or memory_of(host.process) - host.memory_bytes > GROWN_BYTES:
            self.drop()

    def drop(self) -> None:
        """End the process, if one runs."""
        host, self._host = self._host, None
        if host is not None:
            close_quietly(host.process)

    def _others(self, program: Program) -> list[Program]:
        """Return the programs that may be loaded beside one, all of them in pairs."""
        found: list[Program] = []
        for each in self.programs:
            if each is program or each in self._loners:
                continue
            if all(each.shares_a_process_with(other) for other in (program, *found)):
                found.append(each)
        return found

    def _open(self, program: Program, others: list[Program]) -> Host:
        """Return a new process that has loaded `program`, and of the others those that leave things as they were."""
        while True:
            host = Host(self.source.start(notebook=program.notebook, exercises=1 + len(others)))
            try:
                own = self._load(host, program, others)
            except BaseException:
                close_quietly(host.process)
                raise
            spoiler = self._load_beside(host, others) if own.unchanged else None
            if spoiler is None:
                return host
            self._loners.append(spoiler)
            others = [each for each in others if each is not spoiler]
            close_quietly(host.process)

    def _load_beside(self, host: Host, others: Sequence[Program]) -> Program | None:
        """Load further programs; return one that spoils the process for the others, or None."""
        for each in others:
            if each.name in host.loaded:  # one source that answers several exercises
                continue
            try:
                if not self._load(host, each, others).unchanged:
                    return each
            except (Stopped, Lost):
                return each
        return None

    def _load(self, host: Host, program: Program, others: Sequence[Program]) -> Loaded:
        host.process.printed_bytes = 0
        entries = {*program.entries}.union(*(each.entries for each in others if each.name == program.name))
        shared = bool(others)
        own = tuple((each.name, each.file, each.text) for each in program.modules)
        request = Load(
            program.name, program.cells, program.notebook, tuple(sorted(entries)), shared, own, program.imports
        )
        reply = expect(host.process, request, Loaded, Allowed.of(request, self.source.limits))
        host.loaded[program.name] = reply
        host.printed[program.name] = host.process.printed_bytes
        return reply

    def _turn(self, host: Host, program: Program) -> bool:
        """Turn a process to a program that it has loaded; say whether what the programs share is as it was."""
        if program.name not in host.loaded or host.process.ended:
            return False
        shared = len(host.loaded) > 1
        begin = Begin(program.name, program.forbidden, shared)
        unchanged = expect(host.process, begin, Begun, Allowed.by_itself(self.source.limits)).unchanged
        host.process.printed_bytes = host.printed[program.name]
        return unchanged


def expect(process: StudentProcess, request: Request, kind: type[Answer], allowed: Allowed) -> Answer:
    """Return the reply to a request; `Stopped` where it is one to another question."""
    reply = process.ask(request, allowed=allowed)
    if not isinstance(reply, kind):
        close_quietly(process)
        raise Stopped("message", "an answer to another question")
    return reply


def close_quietly(process: StudentProcess) -> None:
    """End a process; that its zygote is gone too changes nothing."""
    try:
        process.close()
    except Lost:
        return


def memory_of(process: StudentProcess) -> int:
    """Return a process's address space in bytes; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[0]) * 4096
    except (OSError, ValueError, IndexError):
        return 0
