"""Grading a class: entries are handed to judge processes, and facts come back as they are ready.

A judge process that dies is replaced; the submission it held is graded once more, and gets an internal verdict when
that fails too. Memory does not grow with the class.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from grader.errors import GraderError, InternalError
from grader.grading.graded import Graded, failed_facts
from grader.grading.options import Options, load_assignment
from grader.submissions.entries import Entry

ATTEMPTS = 2
END_SECONDS = 30.0


@dataclass
class JudgeProcess:
    """A running judge and the entry that it holds."""

    process: SpawnProcess
    pipe: Connection
    entry: Entry | None = None
    ready: bool = False

    def give(self, entry: Entry) -> None:
        """Hand an entry over; a judge that is gone is noticed at the next wait."""
        self.entry = entry
        try:
            self.pipe.send(entry)
        except OSError:
            return

    def end(self) -> None:
        """End the process; one that has not said yet that it is ready is not waited for."""
        self.pipe.close()
        self.process.join(END_SECONDS if self.ready else 0)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


@dataclass
class ClassRun:
    """One run over a class with `jobs` judge processes."""

    options: Options
    jobs: int
    _judges: list[JudgeProcess] = field(default_factory=list)
    _attempts: dict[str, int] = field(default_factory=dict)

    def graded(self, entries: Sequence[Entry]) -> Iterator[Graded]:
        """Yield the graded entries in the order given; InternalError when no judge can be kept alive."""
        yield from in_order(self._as_ready(entries), [entry.student for entry in entries])

    def _as_ready(self, entries: Sequence[Entry]) -> Iterator[Graded]:
        waiting = list(reversed(entries))
        try:
            self._judges = [start_judge(self.options) for _ in range(max(1, min(self.jobs, len(entries))))]
            while waiting or any(judge.entry for judge in self._judges):
                yield from self._step(waiting)
        finally:
            for judge in self._judges:
                judge.end()

    def _step(self, waiting: list[Entry]) -> Iterator[Graded]:
        """Wait for something to happen, and yield what it gave."""
        for pipe in wait([judge.pipe for judge in self._judges]):
            judge = next(each for each in self._judges if each.pipe is pipe)
            try:
                answer = judge.pipe.recv()
            except (EOFError, OSError):
                yield from self._replace(judge, waiting)
                continue
            if isinstance(answer, GraderError):
                raise answer
            if isinstance(answer, Graded):
                yield answer
            judge.entry, judge.ready = None, True
            if waiting:
                judge.give(waiting.pop())

    def _replace(self, judge: JudgeProcess, waiting: list[Entry]) -> Iterator[Graded]:
        """Start another judge in place of one that died; try its entry again, or give it up."""
        judge.end()
        self._judges.remove(judge)
        if judge.entry is None:
            if not judge.ready:
                raise InternalError("the judge could not be started; run `grader verify` to see why")
            return
        tries = self._attempts[judge.entry.student] = self._attempts.get(judge.entry.student, 1) + 1
        if tries <= ATTEMPTS:
            waiting.append(judge.entry)
        else:
            facts = failed_facts(judge.entry.student, load_assignment(self.options))
            yield Graded(facts, (f"the judge died with exit code {judge.process.exitcode}, twice",))
        if waiting:
            self._judges.append(start_judge(self.options))


def in_order(graded: Iterable[Graded], students: Iterable[str]) -> Iterator[Graded]:
    """Yield what is graded in the order of `students`, holding back what comes before its turn."""
    early: dict[str, Graded] = {}
    turns = iter(students)
    turn = next(turns, None)
    for each in graded:
        early[each.facts.student] = each
        while turn is not None and turn in early:
            yield early.pop(turn)
            turn = next(turns, None)


def start_judge(options: Options) -> JudgeProcess:
    """Return a new judge process, which says when it is ready."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=run_judge, args=(options, theirs))
    process.start()
    theirs.close()
    return JudgeProcess(process, ours)


def run_judge(options: Options, pipe: Connection) -> None:
    """Be a judge; runs in the judge's own process, which alone imports torch."""
    from grader.grading.judge_process import serve  # noqa: PLC0415 - torch

    serve(options, pipe)


def cores() -> int:
    """Return how many processors this process may use, or where the system does not tell, how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
