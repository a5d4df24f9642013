"""The workers of one assignment, one for each thread: they share zygotes and are replaced when they die.

Owns what is tried again: a submission that kills its worker twice, and a check that takes the judge itself too long
twice, get an internal verdict, and a person looks at them.
"""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from grader.errors import InternalError
from grader.grading.graded import Graded, failed_facts
from grader.grading.options import Assignment, Options, load_assignment
from grader.grading.work import Work
from grader.grading.worker import CheckTooSlow, CommandStarter, Starter, TemplateStarter, Worker, WorkerDied
from grader.judge.open_zygotes import open_zygotes
from grader.sandbox.zygotes import Zygotes
from grader.submissions.submission import Submission

ATTEMPTS = 2


@dataclass
class Crew:
    """Workers for one assignment."""

    options: Options
    jobs: int = 1
    starter: Starter | None = None
    """What starts workers; by default forks of a template for several, and fresh processes for one."""
    check_seconds: float | None = None
    loaded: Assignment | None = None
    """The assignment that `options` name, where the caller has loaded it already."""
    _workers: dict[int, Worker] = field(default_factory=dict)
    """By the thread that owns it."""
    _is_stopped: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _opened: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        """Load the course and begin to start its zygotes; what is wrong with either is raised here."""
        self.assignment: Assignment = self.loaded or load_assignment(self.options)
        self._zygotes: Zygotes = self._opened.enter_context(
            open_zygotes(
                self.assignment.course,
                isolation=self.options.isolation,
                notebooks_only=self.options.notebooks_only,
            )
        )
        if self.starter is None and self.jobs > 1:
            template = TemplateStarter()
            self._opened.callback(template.close)
            self.starter = template

    def grade(self, submission: Submission, *, only: tuple[str, ...] = ()) -> Graded:
        """Return what a submission is worth, from this thread's worker; GraderError where none can be had.

        `only` names the exercises that are graded; none stands for all.
        """
        deaths, misses = 0, Counter[tuple[str, str]]()
        while True:
            too_slow = tuple(place for place, times in misses.items() if times >= ATTEMPTS)
            try:
                return self._worker().grade(Work(submission, too_slow, only))
            except CheckTooSlow as miss:
                misses[miss.place] += 1
            except WorkerDied as death:
                deaths += 1
                if deaths == ATTEMPTS and not self._is_stopped:
                    self._dismiss()
                    report = failed_facts(submission.student, self.assignment)
                    return Graded(report, (f"the judge died: {death}; twice\n",))
            except BaseException:
                self._dismiss()
                raise
            self._dismiss()

    def stop(self) -> None:
        """Kill every worker and start no other: nobody waits any more for what they are at."""
        with self._lock:
            self._is_stopped = True
            for worker in self._workers.values():
                worker.kill()

    def close(self) -> None:
        """End every worker and what they share."""
        with self._lock:
            while self._workers:
                with suppress(OSError):
                    self._workers.popitem()[1].close()
        self._opened.close()

    def _worker(self) -> Worker:
        """Return this thread's worker, once it is ready."""
        me = threading.get_ident()
        with self._lock:
            if self._is_stopped:
                raise InternalError("grading was stopped")
            if me not in self._workers:
                seconds = {} if self.check_seconds is None else {"check_seconds": self.check_seconds}
                self._workers[me] = Worker(self.options, self._zygotes, self.starter or CommandStarter(), **seconds)
            worker = self._workers[me]
        worker.wait_until_ready()
        return worker

    def _dismiss(self) -> None:
        """End this thread's worker; the next work gets another."""
        with self._lock:
            worker = self._workers.pop(threading.get_ident(), None)
        if worker is not None:
            worker.close()
