"""Student processes for the tests, started from a source; and forked children, to try out what can't be undone."""

import contextlib
import json
import os
import select
import signal
import subprocess
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from grader.protocol.messages import Call, Load, Loaded, Observation
from grader.sandbox.limits import Limits
from grader.sandbox.process import Lost, StudentProcess
from grader.sandbox.sandbox import Sandbox

ANY_LAYER = frozenset({"limits", "identity", "inspection", "privileges", "landlock", "seccomp"})
"""What keeps a student process from forking and from staying behind; left out to see that the zygote copes alone."""
PATIENCE_MS = 20_000
SECONDS = 30.0


@dataclass
class Running:
    """A student process that has loaded its source."""

    process: StudentProcess
    loaded: Loaded

    def call(self, *arguments: Any, entry: str = "f") -> Observation:
        """Call the student's function once and return what was observed."""
        return self.process.ask(Call(entry, arguments)).observations[0]

    def value(self, *arguments: Any, entry: str = "f") -> Any:
        """Call the student's function once and return what it returned; it must not raise."""
        observation = self.call(*arguments, entry=entry)
        assert observation.raised is None, observation.raised
        return observation.value


@pytest.fixture
def start(sandbox: Sandbox) -> Iterator[Callable[..., Running]]:
    """Give a function that starts a student process from its source, or a notebook's cells, with limits of its own."""
    processes = []

    def start_one(*cells: str, within: Sandbox = sandbox, notebook: bool = False, **limits: Any) -> Running:
        process = within.start(notebook=notebook)
        processes.append(process)
        loaded = process.ask(Load("work.ipynb" if notebook else "work.py", cells, notebook, ("f",)))
        process.limits = replace(process.limits, **limits)
        return Running(process, loaded)

    yield start_one
    for process in processes:
        with contextlib.suppress(Lost):  # a test has closed its sandbox
            process.close()


@pytest.fixture(scope="session")
def open_sandbox() -> Iterator[Sandbox]:
    """Yield a warm sandbox whose students may fork and signal: what they leave behind is the zygote's to clear away."""
    limits = Limits(call_cpu_seconds=2.0, call_wall_seconds=8.0)
    with Sandbox(limits, without=ANY_LAYER) as warm:
        yield warm


def zygote_under(sandbox: Sandbox, *, notebooks: bool = False) -> subprocess.Popen[bytes]:
    """Return the process of a sandbox's own zygote."""
    assert sandbox._own is not None
    process = sandbox._own._running[notebooks]._process
    assert process is not None
    return process


@pytest.fixture(scope="session")
def zygote_of() -> Callable[..., subprocess.Popen[bytes]]:
    """Give a function that returns the process of a sandbox's own zygote, by its flavour."""
    return zygote_under


def is_running(pid: int) -> bool:
    """Tell whether a process exists and has not ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(") ")[2][0] not in "ZX"


@pytest.fixture(scope="session")
def running() -> Callable[[int], bool]:
    """Give a function that tells whether a process is running."""
    return is_running


@pytest.fixture(scope="session")
def ends() -> Callable[[int], bool]:
    """Give a function that waits for the end of the process behind a pidfd and tells whether it came."""

    def wait(handle: int) -> bool:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(PATIENCE_MS))

    return wait


@pytest.fixture(scope="session")
def open_descriptors() -> Callable[[], int]:
    """Give a function that counts the descriptors which the judge, this process, holds."""
    return lambda: len(list(Path("/proc/self/fd").iterdir()))


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
