"""The loop end to end: a learner at a terminal, a real judge, and what the folder keeps; and its parts with files."""

import os
import pty
import select
import shutil
import struct
import subprocess
import termios
import time
from contextlib import suppress
from datetime import UTC, datetime
from fcntl import ioctl
from types import SimpleNamespace

import pytest
from incubator import warm_command

from grader.learn import session as module
from grader.learn.files import difference, is_begun, put_back
from grader.learn.inbox import Inbox
from grader.learn.progress import ProgressFile
from grader.learn.session import Session

SECONDS = 120
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


class Learner:
    """A learner at a terminal of 60 columns and 40 lines."""

    def __init__(self, folder, *options):
        self.mine, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 60, 0, 0))
        environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            [*warm_command(), "learn", *options],
            cwd=folder,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""

    def sees(self, words):
        """Wait until some words were shown since the last time."""
        ends = time.monotonic() + SECONDS
        while words not in self.seen:
            ready, _, _ = select.select([self.mine], [], [], max(0, ends - time.monotonic()))
            assert ready, f"{words!r} was not shown: {self.seen[-2000:]}"
            try:
                self.seen += os.read(self.mine, 65536).decode(errors="replace")
            except OSError:
                raise AssertionError(f"{words!r} was not shown before the end: {self.seen[-2000:]}") from None
        _, _, self.seen = self.seen.partition(words)

    def presses(self, keys):
        """Press some keys."""
        os.write(self.mine, keys.encode())

    def leaves(self):
        """Leave, and return the exit code."""
        self.presses("x")
        self.sees("passed. Go on with:  grader learn")
        return self.process.wait(SECONDS)


@pytest.fixture
def learner(own):
    """Yield a learner at work in a folder."""
    at_work = Learner(own)
    yield at_work
    at_work.process.kill()
    at_work.process.wait()
    with suppress(OSError):
        os.close(at_work.mine)


def test_a_learner_works_from_the_task_to_the_next_exercise(learner, own, copied):
    """A wrong save, a hint, a save by renaming that passes, the solution, the next task; the progress is kept."""
    file = own / "first_steps" / "make_leaf" / "make_leaf.py"
    given = copied / "solutions" / "first_steps" / "make_leaf"
    learner.sees("A leaf of your own")
    learner.sees("? all keys")
    shutil.copy(given / "wrong" / "m35_detach_is_a_copy.py", file)
    learner.sees("Mend first_steps/make_leaf/make_leaf.py")
    learner.presses("h")
    learner.sees("Hint 1 of 3")
    shutil.copy(given / "make_leaf.py", file.with_name(".new"))
    file.with_name(".new").replace(file)
    learner.sees("Passed, 2 points. Well done!")
    learner.presses("n")
    learner.sees("2 of 3 · describe_graph")
    second = subprocess.run([*warm_command(), "learn", "--once"], cwd=own, capture_output=True, text=True, check=False)
    assert (second.returncode, "describe_graph" in second.stdout) == (1, True)
    assert learner.leaves() == 0
    kept = ProgressFile(own / ".learn").read()
    assert (kept.current, kept.of("make_leaf").passed, kept.of("make_leaf").hints) == ("describe_graph", True, 1)


def test_a_starter_is_put_back_and_the_work_kept(space):
    """The copy has the time in its name; where nothing was begun, there is nothing to keep."""
    exercise = space.exercise("make_leaf")
    file = space.file(exercise)
    assert put_back(space, exercise, NOON) is None
    file.write_text("my work", encoding="utf-8")
    assert is_begun(space, exercise)
    copy = put_back(space, exercise, NOON)
    assert copy == ".learn/copies/make_leaf.2026-05-04.12-00-00.py"
    assert (space.root / copy).read_text(encoding="utf-8") == "my work"
    assert file.read_bytes() == exercise.starter.read_bytes()
    assert not is_begun(space, exercise)


def test_a_file_that_was_removed_is_put_back(space):
    """The loop goes on where somebody removed the file."""
    exercise = space.exercise("make_leaf")
    space.file(exercise).unlink()
    assert put_back(space, exercise, NOON) is None
    assert space.file(exercise).is_file()


def test_the_reference_solution_differs_from_itself_in_nothing(space):
    """The mark of withheld files is not a line of the solution."""
    exercise = space.exercise("make_leaf")
    lines = exercise.solution.read_text(encoding="utf-8").splitlines(keepends=True)
    space.file(exercise).write_text("".join(lines[1:]), encoding="utf-8")
    assert difference(space, exercise) == ""


def test_what_can_not_be_watched_is_told(space, monkeypatch):
    """A machine that watches too many files already is no crash, and the sentence says what to do."""

    def fail(*_, **__):
        raise RuntimeError("too many")

    monkeypatch.setattr(module, "changes", fail)
    inbox = Inbox()
    Session(SimpleNamespace(workspace=space, inbox=inbox), terminal=None)._watch()
    (event,) = inbox.events()
    assert event.problem == "changes can't be noticed here (too many); leave, and start with --poll"
