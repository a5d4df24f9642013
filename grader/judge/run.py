"""One exercise of one submission: its process, what it may use, and what is sent ahead to it.

Owns when a process is started, started anew after it had to be stopped, and given up.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from grader.errors import InternalError
from grader.judge.findings import RuleBroken, StudentStopped, SubmissionUnusable
from grader.judge.hosts import Hosts
from grader.judge.own_time import OwnTime
from grader.judge.program import Program
from grader.judge.words import is_out_of_memory, load_finding, stop_finding
from grader.protocol.errors import ProtocolError
from grader.protocol.frames import Frame
from grader.protocol.messages import Loaded, Reply
from grader.protocol.outputs import CellOutputs
from grader.sandbox.limits import Limits
from grader.sandbox.process import Allowed, Lost, Stopped, StudentProcess, decode_body
from grader.wording.message import Message, message

MOST_LOST = 3
"""So often a process may be lost through no fault of the student's before we give up."""


@dataclass
class Spent:
    """What the processes of one exercise have used so far."""

    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    stops: int = 0
    last_limit: str | None = None


@dataclass
class Tenancy:
    """An exercise's time in a process: since when, and what of that does not count."""

    process: StudentProcess
    cpu_before: float
    wall_before: float
    free_cpu: float = 0.0
    free_wall: float = 0.0
    """The time in which the process answered what nobody asked any more."""

    def allowed(self, limits: Limits) -> Allowed:
        """Return the time that the next reply may take."""
        return Allowed(
            limits.call_cpu_seconds,
            limits.call_wall_seconds,
            self.cpu_before + self.free_cpu + limits.total_cpu_seconds,
            self.wall_before + self.free_wall + limits.total_wall_seconds,
        )

    def drop_ahead(self) -> None:
        """Let the process answer what it was sent ahead in vain; `Lost` where it does not within a call's time."""
        cpu, wall = self.process.cpu_seconds(), time.monotonic()
        self.process.drop_replies()
        self.free_cpu += self.process.cpu_seconds() - cpu
        self.free_wall += time.monotonic() - wall


@dataclass
class Run:
    """A program under judgement."""

    program: Program
    hosts: Hosts
    own_time: OwnTime = field(default_factory=OwnTime)
    spent: Spent = field(default_factory=Spent)
    outputs: tuple[CellOutputs, ...] = ()
    """What the cells of a notebook put out when it was first loaded, before any function was called."""
    _tenancy: Tenancy | None = None
    _loaded: Loaded | None = None
    _unusable: SubmissionUnusable | StudentStopped | RuleBroken | None = None
    _ahead: deque[tuple[Frame, int]] = field(default_factory=deque)
    """The requests that the process has been sent already, with their numbers."""
    _goes_ahead: bool = True
    """Until a process is lost: what was sent ahead may have cost it, and must not cost another."""
    _lost: int = 0

    @property
    def limits(self) -> Limits:
        """Return what the exercise may use."""
        return self.hosts.source.limits

    def begin_check(self) -> Loaded:
        """Return what loading the source gave; raise what makes every check end alike."""
        if self._unusable is not None:
            raise self._unusable
        if self._tenancy is None:
            self._open()
        assert self._loaded is not None
        assert self._tenancy is not None
        try:
            self._tenancy.process.check_threads()
        except Stopped as stop:
            raise self.stopped(stop) from None
        except Lost:
            self._lose()
            return self.begin_check()
        return self._loaded

    def ask(self, frame: Frame, ahead: Sequence[Frame] = ()) -> memoryview:
        """Return the body of the reply to a request, having sent what will probably be asked next.

        Raises `StudentStopped` when no reply comes within the limits.
        """
        while True:
            try:
                return self._ask(frame, ahead)
            except Stopped as stop:
                raise self.stopped(stop) from None
            except Lost:
                self._goes_ahead = False
                self._lose()

    def read(self, body: memoryview) -> Reply:
        """Return what a reply says; raise `StudentStopped` for one that no student process of ours would write."""
        try:
            return decode_body(body, self.limits)
        except ProtocolError as problem:
            raise self.stopped(Stopped("message", str(problem))) from None

    def stopped(self, stop: Stopped) -> StudentStopped:
        """End the process after it had to be stopped, and return what the student is told."""
        self.count_stop(stop.limit)
        return StudentStopped(stop.limit, stop_finding(stop.limit, stop.detail, self.limits))

    def count_stop(self, limit: str | None) -> None:
        """End the process; it counts as a stop."""
        self.spent.stops += 1
        self.spent.last_limit = limit
        self._end_process()

    def close(self) -> None:
        """End the exercise; its process may serve the next."""
        if self._tenancy is not None and self._ahead:
            self._end_process()
        self._tenancy = None
        self.hosts.finish(self.program)

    def _ask(self, frame: Frame, ahead: Sequence[Frame]) -> memoryview:
        if self._tenancy is None:
            self.begin_check()
        assert self._tenancy is not None
        tenancy, process = self._tenancy, self._tenancy.process
        if self._ahead and self._ahead[0][0] is frame:
            number = self._ahead.popleft()[1]
        else:
            if self._ahead:
                self._ahead.clear()
                tenancy.drop_ahead()
            number = process.send(frame)
        for each in ahead[len(self._ahead) :] if self._goes_ahead else ():
            self._ahead.append((each, process.send(each)))
        with self.own_time.waiting():
            return process.receive(number, allowed=tenancy.allowed(self.limits))

    def _open(self) -> None:
        """Start a process and load the source."""
        self._check_rules()
        self._check_budget()
        again = self._loaded is not None
        try:
            process, loaded = self._begin(alone=again)
        except Stopped as stop:
            self._unusable = in_load(self.stopped(stop), self.program)
            raise self._unusable from None
        cpu = 0.0 if again else process.cpu_seconds()
        self._tenancy = Tenancy(process, cpu, time.monotonic())
        self._take(loaded)

    def _begin(self, *, alone: bool) -> tuple[StudentProcess, Loaded]:
        while True:
            try:
                with self.own_time.waiting():
                    return self.hosts.begin(self.program, alone=alone)
            except Lost:
                self._lose()

    def _take(self, loaded: Loaded) -> None:
        """Keep what loading gave, in words that the source bears out; raise what makes the source unusable."""
        raised = tuple(map(self.program.placed, loaded.raised))
        self._loaded = replace(loaded, raised=raised, outputs=())
        self.outputs = self.outputs or loaded.outputs
        if not raised or self.program.notebook:
            return
        first = raised[0]
        if is_out_of_memory(first):
            words = message("judge.brief_memory", memory=self.limits.memory_mib, line=first.line)
            self._give_up(in_load(StudentStopped("memory", words), self.program))
        words = load_finding(first, self.program)
        self._give_up(SubmissionUnusable(words, None if words.key in SAID_AT_ANY_LEVEL else first))

    def _give_up(self, problem: SubmissionUnusable | StudentStopped) -> None:
        self._unusable = problem
        self._tenancy = None
        raise problem

    def _check_rules(self) -> None:
        if self._loaded is None and (broken := self.program.broken_rule):
            self._unusable = broken
            raise broken

    def _check_budget(self) -> None:
        limits, spent = self.limits, self.spent
        if spent.stops > limits.restarts:
            raise StudentStopped(spent.last_limit, message("judge.given_up", times=spent.stops))
        if spent.cpu_seconds > limits.total_cpu_seconds:
            raise StudentStopped("cpu", budget_spent(limits.total_cpu_seconds))
        if spent.wall_seconds > limits.total_wall_seconds:
            raise StudentStopped("wall", budget_spent(limits.total_wall_seconds))

    def _lose(self) -> None:
        """Go on in another process, at no cost to the student."""
        self._lost += 1
        self._ahead.clear()
        self._tenancy = None
        self.hosts.drop()
        if self._lost >= MOST_LOST:
            raise InternalError("student processes end through no fault of the student's; see the log")

    def _end_process(self) -> None:
        """End the process, and count what it used."""
        tenancy, self._tenancy = self._tenancy, None
        self._ahead.clear()
        if tenancy is not None:
            self.spent.wall_seconds += time.monotonic() - tenancy.wall_before - tenancy.free_wall
            self.spent.cpu_seconds += max(0.0, tenancy.process.cpu_seconds() - tenancy.cpu_before - tenancy.free_cpu)
        self.hosts.drop()


SAID_AT_ANY_LEVEL = frozenset({"judge.not_importable"})
"""What repeats nothing but the source; it was loaded before any check began."""


def in_load(stop: StudentStopped, program: Program) -> StudentStopped:
    """Return a stop with the words that it came while the source was being loaded."""
    key = "judge.stopped_in_notebook" if program.notebook else "judge.stopped_in_load"
    return StudentStopped(stop.limit, message(key, finding=stop.finding))


def budget_spent(limit: float) -> Message:
    """Return the words for an exercise that has used up its time."""
    return message("judge.budget_spent", limit=f"{limit:g}")
