"""The `student` of a hidden test: a submission for one exercise, called in its own process.

Owns when a process is started, restarted after it had to be stopped, and given up; turns what comes back into an
`Answer` or a finding. Knows nothing of points.
"""

from __future__ import annotations

import difflib
import inspect
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, Protocol

from grader.catalogue.exercise import Exercise
from grader.catalogue.static_rules import BrokenRule, broken_static_rules, parsed
from grader.comparison.evidence import Aspect, Seen
from grader.config.course_config import Tolerances
from grader.judge.answer import Answer, Asked
from grader.judge.findings import (
    EnoughShrinking,
    RuleBroken,
    StudentRaised,
    StudentStopped,
    SubmissionUnusable,
)
from grader.protocol.messages import Call, Load, Loaded, Observe, Observed, Raised, Request
from grader.protocol.outputs import CellOutputs
from grader.protocol.values import Decoder, Encoder
from grader.sandbox.guard import ForbiddenCall
from grader.sandbox.limits import Limits
from grader.sandbox.process import Stopped, StudentProcess
from grader.submissions.magics import as_python
from grader.submissions.submission import SourceFile
from grader.wording.message import Message, message

SHRINKING_ATTEMPTS = 120
SHRINKING_ATTEMPTS_OF_AN_EXERCISE = 200
THE_SAME_FOR_EVERY_INPUT = ("judge.not_implemented", "judge.wrong_arguments")
ROOM = 64 * 1024 * 1024


class ProcessSource(Protocol):
    """What starts student processes."""

    limits: Limits

    def start(self, *, notebook: bool = False) -> StudentProcess:
        """Return a new student process, for a file or a notebook."""


@dataclass(frozen=True)
class Program:
    """A student's source for one exercise and what the exercise asks of it."""

    name: str
    cells: tuple[str, ...]
    notebook: bool
    entries: tuple[str, ...]
    parameters: dict[str, tuple[str, ...]]
    forbidden: tuple[str, ...] = ()
    required: tuple[str, ...] = ()

    def load_request(self) -> Load:
        """Return the request that runs the source."""
        return Load(self.name, self.cells, self.notebook, self.entries, self.forbidden)

    def broken_rule(self) -> RuleBroken | None:
        """Return the first static rule of the exercise that the source breaks, or None."""
        cells = tuple(map(readable, self.cells)) if self.notebook else self.cells
        broken = broken_static_rules(cells, entries=self.entries, forbidden=self.forbidden, required=self.required)
        return RuleBroken(rule_finding(broken[0], notebook=self.notebook)) if broken else None


@dataclass
class Spent:
    """What the processes of one exercise have used so far."""

    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    stops: int = 0
    last_limit: str | None = None
    shrinking_attempts: int = 0


@dataclass
class Student:
    """A submission for one exercise, as hidden tests call it."""

    program: Program
    processes: ProcessSource
    tolerances: Tolerances
    probe_seed: int = 0
    remarks: list[Message] = field(default_factory=list)
    asked: set[Aspect] = field(default_factory=set)
    evidence: list[list[Seen]] = field(default_factory=list)
    spent: Spent = field(default_factory=Spent)
    printed: bytearray = field(default_factory=bytearray)
    outputs: tuple[CellOutputs, ...] = ()
    """What the cells of a notebook put out when it was first loaded, before any function was called."""
    _process: StudentProcess | None = None
    _loaded: Loaded | None = None
    _unusable: SubmissionUnusable | StudentStopped | RuleBroken | None = None
    _calls: list[Seen] = field(default_factory=list)
    _attempts_left: int = 0

    def call(self, *arguments: Any, entry: str | None = None) -> Answer:
        """Call the student's function (the first entry point unless `entry` names another)."""
        return self._call(arguments, entry or self.program.entries[0], times=1)[0]

    def call_twice(self, *arguments: Any, entry: str | None = None) -> tuple[Answer, Answer]:
        """Call twice on the very same argument objects; return both answers."""
        first, second = self._call(arguments, entry or self.program.entries[0], times=2)
        return first, second

    def observe(self, observer: Callable[..., Any], *arguments: Any, entry: str | None = None) -> Answer:
        """Run trusted `observer(namespace, *arguments)` beside the student's code; return what it reports.

        It is called once the entry point is defined. It travels to the student process, so it must hold no answer.
        """
        name = entry or self.program.entries[0]
        self._check_defined(name)
        parameters = tuple(inspect.signature(observer).parameters)[1:]
        return self._answers(name, Observe(observer, arguments), arguments, parameters=parameters)[0]

    def begin_check(self, probe_seed: int) -> None:
        """Forget the check before."""
        self.probe_seed = probe_seed
        self.remarks, self.asked, self.evidence, self._calls = [], set(), [], []

    def begin_example(self) -> None:
        """Forget the calls of the example before."""
        self._calls = []

    def keep_example(self) -> None:
        """Keep this example's calls as evidence: those of the first failing example, and of the smallest."""
        self.evidence[1:] = [self._calls]

    def keep_check(self) -> None:
        """Keep a check's calls as evidence, unless a probe has kept its own."""
        if not self.evidence:
            self.evidence.append(self._calls)

    def begin_shrinking(self) -> None:
        """Open the budget of a search for a smaller counterexample; a check's share is part of the exercise's."""
        self._attempts_left = SHRINKING_ATTEMPTS

    def spend_attempt(self) -> None:
        """Take one attempt out of the budget; raise `EnoughShrinking` when it is spent."""
        if not self._attempts_left or self.spent.shrinking_attempts >= SHRINKING_ATTEMPTS_OF_AN_EXERCISE:
            raise EnoughShrinking
        self._attempts_left -= 1
        self.spent.shrinking_attempts += 1

    def close(self) -> None:
        """End the process, if one runs."""
        if self._process is not None:
            process, self._process = self._process, None
            self.spent.wall_seconds += time.monotonic() - process.started
            self.spent.cpu_seconds += process.cpu_seconds()
            self.printed += process.printed
            process.close()

    def _call(self, arguments: tuple[Any, ...], entry: str, *, times: int) -> tuple[Answer, ...]:
        self._check_defined(entry)
        parameters = self.program.parameters.get(entry, ())
        return self._answers(entry, Call(entry, arguments, times), arguments, times=times, parameters=parameters)

    def _answers(
        self, entry: str, request: Request, arguments: tuple[Any, ...], *, parameters: tuple[str, ...], times: int = 1
    ) -> tuple[Answer, ...]:
        before = as_sent(arguments)
        asked = Asked(entry, parameters, arguments, before, times)
        observed = self._ask(request)
        if not isinstance(observed, Observed) or not is_complete(observed, times):
            raise self._stopped("message", "an answer to another question")
        observer = request.observer if isinstance(request, Observe) else None
        self._calls.append(Seen(entry, before, times, observed.observations, observer))
        for observation in observed.observations:
            if observation.raised is not None:
                raise self._raised(asked, in_source(observation.raised, self.program))
        return tuple(Answer(asked, each, self.tolerances, self.remarks, self.asked) for each in observed.observations)

    def _ask(self, request: Request) -> Any:
        process = self._running()
        try:
            return process.ask(request)
        except Stopped as stop:
            raise self._stopped(stop.limit, stop.detail) from None

    def _running(self) -> StudentProcess:
        if self._unusable is not None:
            raise self._unusable
        if self._process is None:
            self._check_rules()
            self._check_budget()
            self._process = self.processes.start(notebook=self.program.notebook)
            self._load()
        return self._process

    def _load(self) -> None:
        assert self._process is not None
        try:
            reply = self._process.ask(self.program.load_request())
        except Stopped as stop:
            self._unusable = self._stopped(stop.limit, stop.detail)
            raise self._unusable from None
        self._loaded = reply if isinstance(reply, Loaded) else Loaded()
        self.outputs = self.outputs or self._loaded.outputs
        if self._loaded.raised and not self.program.notebook:
            first = in_source(self._loaded.raised[0], self.program)
            if is_out_of_memory(first):
                limit = self.processes.limits.memory_mib
                self._unusable = StudentStopped("memory", message("judge.brief_memory", memory=limit, line=first.line))
                self.close()
                raise self._unusable
            self._give_up(load_finding(first, self.program.entries[0], self.program), first)

    def _check_defined(self, entry: str) -> None:
        self._running()
        assert self._loaded is not None
        if entry not in self._loaded.signatures:
            raise SubmissionUnusable(missing_finding(entry, self._loaded, self.program))

    def _give_up(self, finding: Message, raised: Raised) -> NoReturn:
        self._unusable = SubmissionUnusable(finding, raised)
        self.close()
        raise self._unusable

    def _refused(self, raised: Raised) -> str | None:
        """Return the forbidden function whose guard raised, or None for any other exception."""
        if raised.type != ForbiddenCall.__name__:
            return None
        return next((name for name in self.program.forbidden if str(ForbiddenCall(name)) == raised.message), None)

    def _check_rules(self) -> None:
        if self._loaded is None and (broken := self.program.broken_rule()):
            self._unusable = broken
            raise broken

    def _check_budget(self) -> None:
        limits = self.processes.limits
        if self.spent.stops > limits.restarts:
            raise StudentStopped(self.spent.last_limit, message("judge.given_up", times=self.spent.stops))
        if self.spent.cpu_seconds > limits.total_cpu_seconds:
            raise StudentStopped("cpu", message("judge.budget_spent", limit=f"{limits.total_cpu_seconds:g}"))
        if self.spent.wall_seconds > limits.total_wall_seconds:
            raise StudentStopped("wall", message("judge.budget_spent", limit=f"{limits.total_wall_seconds:g}"))

    def _stopped(self, limit: str | None, detail: str) -> StudentStopped:
        self._end_after(limit)
        return StudentStopped(limit, stop_finding(limit, detail, self.processes.limits))

    def _end_after(self, limit: str | None) -> None:
        self.spent.stops += 1
        self.spent.last_limit = limit
        self.close()

    def _raised(self, asked: Asked, raised: Raised) -> StudentRaised | StudentStopped | RuleBroken:
        if refused := self._refused(raised):
            return RuleBroken(message("judge.forbidden_call", name=refused, line=raised.line))
        if is_out_of_memory(raised):
            limits = self.processes.limits
            self._end_after("memory")  # what is held is not the next check's
            finding = message("judge.out_of_memory", call=asked.text(), memory=limits.memory_mib, line=raised.line)
            return StudentStopped("memory", finding)
        assert self._loaded is not None
        finding = raised_finding(asked, raised, self._loaded)
        return StudentRaised(raised, finding, shrinkable=finding.key not in THE_SAME_FOR_EVERY_INPUT)


def in_source(raised: Raised, program: Program) -> Raised:
    """Return `raised` without a line or a cell that the source does not have, by which any number could be told."""
    cell = raised.cell if program.notebook and raised.cell <= len(program.cells) else 0
    source = "\n".join(program.cells[cell - 1 : cell] if cell else program.cells)
    return replace(raised, cell=cell, line=raised.line if raised.line <= source.count("\n") + 1 else 0)


def readable(cell: str) -> str:
    """Return a notebook's cell as Python can read it: one that is Python already stays as it is."""
    return cell if parsed(cell).body else as_python(cell)


def is_complete(observed: Observed, times: int) -> bool:
    """Whether a call was observed as often as it was made, or until it raised."""
    seen = observed.observations
    return len(seen) == times or (0 < len(seen) < times and seen[-1].raised is not None)


def program_of(exercise: Exercise, source: SourceFile) -> Program:
    """Return a student's source as the judge runs it for an exercise."""
    sheet = exercise.sheet
    return Program(
        name=source.name,
        cells=source.cells,
        notebook=source.notebook,
        entries=sheet.entry_points,
        parameters=dict(exercise.parameters),
        forbidden=sheet.forbidden,
        required=sheet.required,
    )


def as_sent(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the arguments as data: tensors as records, callables as they are."""
    callables: list[Any] = []

    def remember(value: Any) -> bytes:
        callables.append(value)
        return (len(callables) - 1).to_bytes(4, "little")

    encoder = Encoder(room=ROOM, pickle=remember)
    tree = encoder.encode(arguments)
    decoder = Decoder(memoryview(encoder.blob), unpickle=lambda data: callables[int.from_bytes(data, "little")])
    sent: tuple[Any, ...] = decoder.decode(tree)
    return sent


def is_out_of_memory(raised: Raised) -> bool:
    """Whether an exception says that memory ran out."""
    return "MemoryError" in raised.bases or (raised.type == "RuntimeError" and "DefaultCPUAllocator" in raised.message)


def raised_finding(asked: Asked, raised: Raised, loaded: Loaded) -> Message:
    """Return the words for an exception of the student's function."""
    said = {"type": raised.type, "line": raised.line, "text": raised.message}
    if raised.type == "NotImplementedError":
        return message("judge.not_implemented", entry=asked.entry, line=raised.line)
    if raised.type == "TypeError" and raised.line == 0 and f"{asked.entry}()" in raised.message:
        signature = loaded.signatures.get(asked.entry, "")
        return message(
            "judge.wrong_arguments",
            call=asked.text(),
            entry=asked.entry,
            signature=signature,
            text=raised.message,
        )
    if raised.cell:
        return message("judge.raised_in_cell", call=asked.text(), cell=raised.cell, **said)
    return message("judge.raised" if raised.line else "judge.raised_outside", call=asked.text(), **said)


def load_finding(raised: Raised, entry: str, program: Program) -> Message:
    """Return the words for a file that could not be run."""
    said = {"type": raised.type, "line": raised.line, "text": raised.message}
    if program.notebook:
        return message("judge.load_raised_in_cell", entry=entry, cell=raised.cell, **said)
    return message("judge.load_raised", **said)


def missing_finding(entry: str, loaded: Loaded, program: Program) -> Message:
    """Return the words for a function that is not there, with the one that may have been meant."""
    if loaded.raised:
        return load_finding(in_source(loaded.raised[0], program), entry, program)
    if close := difflib.get_close_matches(entry, loaded.functions, n=1):
        return message("judge.missing_function_close", entry=entry, close=close[0])
    functions = ", ".join(loaded.functions) or message("judge.nothing")
    return message("judge.missing_function", entry=entry, functions=functions)


def rule_finding(broken: BrokenRule, *, notebook: bool) -> Message:
    """Return the words for a broken static rule."""
    if broken.kind == "required":
        return message("judge.required", name=broken.name)
    if notebook:
        return message("judge.forbidden_in_cell", name=broken.name, line=broken.line, cell=broken.cell)
    return message("judge.forbidden", name=broken.name, line=broken.line)


def stop_finding(limit: str | None, detail: str, limits: Limits) -> Message:
    """Return the words for a process that had to be stopped or ended by itself."""
    amounts = {
        "cpu": limits.call_cpu_seconds,
        "wall": limits.call_wall_seconds,
        "output": limits.output_kib,
        "message": limits.message_mib,
        "processes": limits.threads,
    }
    if limit in amounts:
        return message(f"judge.stopped_{limit}", limit=f"{amounts[limit]:g}")
    return message("judge.crashed", detail=detail)
