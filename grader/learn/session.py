"""One run of the loop: carries out what the state machine asks for, and tells it what happened.

The shell around `loop`: files, the watcher's thread and the terminal. Decides nothing.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from grader.atomic import write_whole
from grader.errors import GraderError
from grader.learn import events, loop
from grader.learn.files import difference, is_begun, put_back
from grader.learn.judging import Judging
from grader.learn.keys import Step
from grader.learn.problems import told
from grader.learn.progress import ProgressFile
from grader.learn.screens import Screens
from grader.learn.state import State
from grader.learn.terminal import Terminal
from grader.learn.watch import changes
from grader.learn.workspace import ANSWERS

PICTURE = "verdict.html"
END_SECONDS = 5.0


@dataclass
class Session:
    """A learner at work in a folder."""

    judging: Judging
    terminal: Terminal
    poll: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Find what the effects need."""
        self.workspace, self.inbox = self.judging.workspace, self.judging.inbox
        self.progress_file = ProgressFile(self.workspace.state, self.workspace.language)
        self.screens = Screens(self.workspace)

    def run(self, state: State) -> State:
        """Show exercises and verdicts until the learner leaves; return the last state."""
        state, effects = loop.begin(state)
        with self._watching(), self.terminal.held(), self._drawing_anew():
            while self._carry_out(effects):
                screen = self.screens.screen(state, self.terminal.console)
                self.terminal.show(screen.shown)
                self.judging.judge.texts((state.slug,))  # read while the judge is at work
                state, effects = self._steps(replace(state, offset=screen.offset), screen.page)
        self.judging.stop()
        return state

    def _steps(self, state: State, page: int) -> Step:
        """Wait for what happens next and return what it leads to."""
        pressed: list[events.Event] = [events.Pressed(key, page) for key in self.terminal.keys(self.inbox.ear)]
        effects: list[events.Effect] = []
        for event in (*pressed, *self.inbox.events()):
            state, more = loop.step(state, event)
            effects += more
        return state, tuple(effects)

    def _carry_out(self, effects: tuple[events.Effect, ...]) -> bool:
        """Do what the loop asks for; say whether it goes on."""
        for effect in effects:
            if isinstance(effect, events.Leave):
                return False
            try:
                self._do(effect)
            except GraderError as problem:
                self.inbox.tell(events.Failed(told(problem, self.workspace.language)))
        return True

    def _do(self, effect: events.Effect) -> None:
        match effect:
            case events.Check(slug):
                self.judging.check(slug)
            case events.Remember(changed):
                self.progress_file.change(changed)
            case events.Reset(slug):
                copy = put_back(self.workspace, self.workspace.exercise(slug), datetime.now(UTC))
                self.inbox.tell(events.WasReset(copy))
            case events.Compare(slug):
                self.inbox.tell(events.Compared(difference(self.workspace, self.workspace.exercise(slug))))
            case events.TakeQuiz(unit):
                self._take_quiz(unit)
            case events.ShowPicture():
                self._show_picture()
            case events.ShowDrawing(unit):
                self._open(self.workspace.graph(unit))

    def _take_quiz(self, unit: str) -> None:
        """Ask a quiz in a process of its own: it imports torch, and it has its own way with the keyboard."""
        space = self.workspace
        command = [sys.executable, "-m", "grader", "quiz", unit, "--lang", space.language]
        command += ["--answers", str(space.root / ANSWERS), "--course", str(space.course.place)]
        with self.terminal.released():
            self.terminal.console.clear()
            subprocess.run(command, cwd=space.root, check=False)  # noqa: S603 - our own interpreter and module
            self.screens.wait_for_enter(self.terminal.console)
        self.inbox.tell(events.Resumed())

    def _show_picture(self) -> None:
        """Write the page of the last verdict and open it in a browser."""
        from grader.reports.html import render_html  # noqa: PLC0415 - Jinja takes a while, and few look

        if self.judging.last is None:
            return
        path = self.workspace.state / PICTURE
        write_whole(path, render_html(self.judging.last).encode())
        self._open(path)

    def _open(self, path: Path) -> None:
        """Open a page in the browser where there is a desktop, and say where it lies."""
        if has_desktop():
            webbrowser.open(path.as_uri())
        self.inbox.tell(events.Opened(str(path)))

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """Tell of every save while the block runs."""
        watcher = threading.Thread(target=self._watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            self._stop.set()
            watcher.join(END_SECONDS)

    def _watch(self) -> None:
        files = {self.workspace.file(each): each.slug for each in self.workspace.course.exercises}
        try:
            for change in changes(self.workspace.root, files, poll=self.poll, stop=self._stop):
                begun = is_begun(self.workspace, self.workspace.exercise(change.slug))
                self.inbox.tell(events.Saved(change.slug, begun=begun, unseen=change.unseen))
        except (OSError, RuntimeError) as problem:  # RuntimeError is how watchfiles tells of too many watched files
            self.inbox.tell(events.Failed(self.workspace.say("no_watch", problem=problem)))

    @contextmanager
    def _drawing_anew(self) -> Iterator[None]:
        """Draw the screen again when the terminal gets another size."""
        before = signal.signal(signal.SIGWINCH, lambda *_: self.inbox.tell(events.Resumed()))
        try:
            with suppress(KeyboardInterrupt):
                yield
        finally:
            signal.signal(signal.SIGWINCH, before)


def has_desktop() -> bool:
    """Whether a browser would have a window: one in the terminal would take the loop's place."""
    return sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
