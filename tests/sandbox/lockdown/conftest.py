"""Runs what a test does to a process in a forked child, so that the test's own process stays free."""

import json
import os
import select
import signal
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox.lockdown import kernel
from grader.sandbox.lockdown.identity import are_private
from grader.sandbox.lockdown.kernel import Option
from grader.sandbox.lockdown.limits import Bounds

ORDINARY_UID = 47_111
SECONDS = 30.0


class ChildFailedError(AssertionError):
    """The child raised, or ended without an answer."""


@dataclass(frozen=True)
class Child:
    """A forked child and the pipe on which it answers."""

    pid: int
    answer: int

    def result(self) -> Any:
        """Wait for the child's end and return what its function returned; ChildFailedError when it didn't."""
        text, status = self._finish()
        if not text:
            raise ChildFailedError(f"the child ended with {os.waitstatus_to_exitcode(status)} and without an answer")
        kind, value = json.loads(text)
        if kind == "raised":
            raise ChildFailedError(value)
        return value

    def exit_code(self) -> int:
        """Wait for the child's end and return its exit code, negative for a signal."""
        return os.waitstatus_to_exitcode(self._finish()[1])

    def _finish(self) -> tuple[bytes, int]:
        deadline = time.monotonic() + SECONDS
        text = b""
        while (left := deadline - time.monotonic()) > 0 and select.select([self.answer], [], [], left)[0]:
            if not (data := os.read(self.answer, 1 << 16)):
                break
            text += data
        else:
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.answer)
        return text, os.waitpid(self.pid, 0)[1]


def fork(function: Callable[..., Any], *arguments: Any) -> Child:
    """Run `function(pipe, *arguments)` in a forked child; the pipe is the one descriptor that must stay open."""
    answer, pipe = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a library of the test run may have started threads
        pid = os.fork()
    if pid == 0:
        _run(pipe, function, arguments)
    os.close(pipe)
    return Child(pid, answer)


def _run(pipe: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        try:
            line = ["returned", function(pipe, *arguments)]
        except BaseException:  # noqa: BLE001 - told to the test
            line = ["raised", traceback.format_exc()]
        os.write(pipe, json.dumps(line).encode())
    finally:
        os._exit(0)


@pytest.fixture
def in_child() -> Callable[..., Any]:
    """Give a function that runs another, as `function(pipe, ...)`, in a child and returns its result."""
    return lambda function, *arguments: fork(function, *arguments).result()


@pytest.fixture
def start_child() -> Callable[..., Child]:
    """Give a function that starts another, as `function(pipe, ...)`, in a child and returns the child."""
    return fork


@dataclass(frozen=True)
class Person:
    """Who runs a test's child."""

    name: str

    def become(self) -> None:
        """Turn the calling child into this person, as far as it isn't yet."""
        if self.name == "ordinary" and os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(ORDINARY_UID, ORDINARY_UID, ORDINARY_UID)
            os.setresuid(ORDINARY_UID, ORDINARY_UID, ORDINARY_UID)
            kernel.prctl(Option.PR_SET_DUMPABLE, 1)


@pytest.fixture(params=["root", "ordinary"])
def person(request: pytest.FixtureRequest) -> Person:
    """Give root and an ordinary user in turn."""
    if request.param == "root" and os.geteuid() != 0:
        pytest.skip("this run isn't root's")
    return Person(request.param)


@pytest.fixture
def as_root() -> None:
    """Skip the test unless root runs it."""
    if os.geteuid() != 0:
        pytest.skip("this run isn't root's")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give an empty folder that every user of the machine can enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        if are_private([folder]):
            pytest.skip("the temporary folder of this run is closed to other users")
        yield folder


@pytest.fixture
def bounds() -> Bounds:
    """Give bounds that leave room for torch."""
    return Bounds(memory_bytes=4 << 30, cpu_seconds=20, open_files=64, threads=2)
