"""One run of the loop: carries out what the state machine asks for, and tells it what happened.

The shell around `loop`: files, the judge's thread, the watcher's thread and the terminal. Decides nothing.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from grader.atomic import write_whole
from grader.errors import GraderError
from grader.learn import events, loop
from grader.learn.files import difference, is_begun, put_back
from grader.learn.keys import Step
from grader.learn.once import first_state
from grader.learn.own_judge import OwnJudge
from grader.learn.progress import ProgressFile
from grader.learn.screens import Screens
from grader.learn.state import State
from grader.learn.targets import own
from grader.learn.terminal import Terminal
from grader.learn.watch import changes
from grader.learn.workspace import ANSWERS, Workspace
from grader.results.report import Report

PICTURE = "verdict.html"
END_SECONDS = 5.0


@dataclass
class Session:
    """A learner at work in a folder."""

    workspace: Workspace
    judge: OwnJudge
    terminal: Terminal
    poll: bool = False
    _events: queue.SimpleQueue[events.Event] = field(default_factory=queue.SimpleQueue)
    _to_check: queue.SimpleQueue[str | None] = field(default_factory=queue.SimpleQueue)
    _stop: threading.Event = field(default_factory=threading.Event)
    _wake: tuple[int, int] = field(default_factory=os.pipe)
    _last: Report | None = None

    def __post_init__(self) -> None:
        """Find what the effects need."""
        self.progress_file = ProgressFile(self.workspace.state, self.workspace.language)
        self.screens = Screens(self.workspace)

    def run(self) -> State:
        """Show exercises and verdicts until the learner leaves; return the last state."""
        state, effects = loop.begin(first_state(self.workspace, self.progress_file.read()))
        with self._threads(), self.terminal.held(), self._drawing_anew():
            while self._carry_out(effects):
                screen = self.screens.screen(state, self.terminal.console)
                self.terminal.show(screen.shown)
                self.judge.texts((state.slug,))  # read while the judge is at work
                state, effects = self._steps(replace(state, offset=screen.offset), screen.page)
        return state

    def _steps(self, state: State, page: int) -> Step:
        """Wait for what happens next and return what it leads to."""
        pressed: list[events.Event] = [events.Pressed(key, page) for key in self.terminal.keys(self._wake[0])]
        effects: list[events.Effect] = []
        for event in (*pressed, *self._happened()):
            state, more = loop.step(state, event)
            effects += more
        return state, tuple(effects)

    def _happened(self) -> Iterator[events.Event]:
        """Yield what the threads have told."""
        with suppress(queue.Empty):
            while True:
                event = self._events.get_nowait()
                os.read(self._wake[0], 1)
                yield event

    def tell(self, event: events.Event) -> None:
        """Tell the loop what happened; any thread may."""
        self._events.put(event)
        os.write(self._wake[1], b".")

    def _carry_out(self, effects: tuple[events.Effect, ...]) -> bool:
        """Do what the loop asks for; say whether it goes on."""
        for effect in effects:
            if isinstance(effect, events.Leave):
                return False
            try:
                self._do(effect)
            except GraderError as problem:
                self.tell(events.Failed(str(problem)))
        return True

    def _do(self, effect: events.Effect) -> None:
        match effect:
            case events.Check(slug):
                self._to_check.put(slug)
            case events.Remember(changed):
                self.progress_file.change(changed)
            case events.Reset(slug):
                self.tell(events.WasReset(put_back(self.workspace, self.workspace.exercise(slug), datetime.now(UTC))))
            case events.Compare(slug):
                self.tell(events.Compared(difference(self.workspace, self.workspace.exercise(slug))))
            case events.TakeQuiz(unit):
                self._take_quiz(unit)
            case events.ShowPicture():
                self._show_picture()

    def _take_quiz(self, unit: str) -> None:
        """Ask a quiz in a process of its own: it imports torch, and it has its own way with the keyboard."""
        space = self.workspace
        command = [sys.executable, "-m", "grader", "quiz", unit, "--lang", space.language]
        command += ["--answers", str(space.root / ANSWERS), "--course", str(space.course.place)]
        with self.terminal.released():
            self.terminal.console.clear()
            subprocess.run(command, cwd=space.root, check=False)  # noqa: S603 - our own interpreter and module
            self.screens.wait_for_enter(self.terminal.console)
        self.tell(events.Resumed())

    def _show_picture(self) -> None:
        """Write the page of the last verdict and open it in a browser."""
        from grader.reports.html import render_html  # noqa: PLC0415 - Jinja takes a while, and few look

        if self._last is None:
            return
        path = self.workspace.state / PICTURE
        write_whole(path, render_html(self._last).encode())
        if has_desktop():
            webbrowser.open(path.as_uri())
        self.tell(events.Opened(str(path)))

    @contextmanager
    def _threads(self) -> Iterator[None]:
        """Run the judge and the watcher beside the loop."""
        threads = [threading.Thread(target=each, daemon=True) for each in (self._judge, self._watch)]
        for each in threads:
            each.start()
        try:
            yield
        finally:
            self._stop.set()
            self._to_check.put(None)
            for each in threads:
                each.join(END_SECONDS)

    @contextmanager
    def _drawing_anew(self) -> Iterator[None]:
        """Draw the screen again when the terminal gets another size."""
        before = signal.signal(signal.SIGWINCH, lambda *_: self.tell(events.Resumed()))
        try:
            yield
        finally:
            signal.signal(signal.SIGWINCH, before)

    def _judge(self) -> None:
        """Judge what was asked for last, until nothing is asked for any more."""
        while (slug := self._latest()) is not None:
            self._telling_failures(partial(self._judge_one, slug))

    def _judge_one(self, slug: str) -> None:
        exercise = self.workspace.exercise(slug)
        begun = self._is_begun(slug)
        report = self.judge.report_on([own(self.workspace, exercise)])
        if begun:
            self._last = report
        self.tell(events.Judged(report, begun=begun, weaker=self.judge.is_weaker))

    def _latest(self) -> str | None:
        """Return the exercise that was saved last: nobody waits for a verdict on an older save."""
        slug = self._to_check.get()
        with suppress(queue.Empty):
            while slug is not None:
                slug = self._to_check.get_nowait()
        return slug

    def _watch(self) -> None:
        """Tell of every save."""

        def watched() -> None:
            files = {self.workspace.file(each): each.slug for each in self.workspace.course.exercises}
            for change in changes(self.workspace.root, files, poll=self.poll, stop=self._stop):
                self.tell(events.Saved(change.slug, begun=self._is_begun(change.slug), unseen=change.unseen))

        self._telling_failures(watched)

    def _telling_failures(self, work: Callable[[], Any]) -> None:
        """Do something in a thread; a failure is told to the learner, not to the terminal."""
        try:
            work()
        except GraderError as problem:
            self.tell(events.Failed(str(problem)))
        except Exception as problem:  # noqa: BLE001 - a thread that ends in silence would leave the loop waiting
            self.tell(events.Failed(f"{type(problem).__name__}: {problem}"))

    def _is_begun(self, slug: str) -> bool:
        return is_begun(self.workspace, self.workspace.exercise(slug))


def has_desktop() -> bool:
    """Whether a browser would have a window: one in the terminal would take the loop's place."""
    return sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
