"""The thread that judges while the loop waits for keys.

Owns which of several saves is judged: the last. Imports no screen, so that it can begin while those are imported.
"""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
from dataclasses import dataclass, field

from grader.errors import GraderError
from grader.learn.events import Failed, Judged
from grader.learn.files import is_begun
from grader.learn.inbox import Inbox
from grader.learn.own_judge import OwnJudge
from grader.learn.problems import told
from grader.learn.targets import own
from grader.learn.workspace import Workspace
from grader.results.report import Report

END_SECONDS = 5.0


@dataclass
class Judging:
    """Judges exercises of a workspace, one after the other, and tells an inbox."""

    workspace: Workspace
    judge: OwnJudge
    inbox: Inbox
    last: Report | None = None
    """The last report on an answer of the learner's own."""
    _to_check: queue.SimpleQueue[str | None] = field(default_factory=queue.SimpleQueue)
    _thread: threading.Thread | None = None

    def check(self, slug: str) -> None:
        """Ask for a verdict; the first time, the judge is started."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()
        self._to_check.put(slug)

    def stop(self) -> None:
        """End the thread; a verdict that is on its way may be lost."""
        self._to_check.put(None)
        if self._thread is not None:
            self._thread.join(END_SECONDS)

    def _run(self) -> None:
        """Judge what was asked for last, until nothing is asked for any more."""
        while (slug := self._latest()) is not None:
            try:
                self._judge(slug)
            except GraderError as problem:
                self.inbox.tell(Failed(told(problem, self.workspace.language)))
            except Exception as problem:  # noqa: BLE001 - a thread that ends in silence would leave the loop waiting
                self.inbox.tell(Failed(f"{type(problem).__name__}: {problem}"))

    def _judge(self, slug: str) -> None:
        exercise = self.workspace.exercise(slug)
        begun = is_begun(self.workspace, exercise)
        report = self.judge.report_on([own(self.workspace, exercise)])
        if begun:
            self.last = report
        self.inbox.tell(Judged(report, begun=begun, weaker=self.judge.is_weaker))

    def _latest(self) -> str | None:
        """Return the exercise that was saved last: nobody waits for a verdict on an older save."""
        slug = self._to_check.get()
        with suppress(queue.Empty):
            while slug is not None:
                slug = self._to_check.get_nowait()
        return slug
