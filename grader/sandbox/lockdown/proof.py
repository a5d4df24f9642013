"""The proof that the lock-down holds on this machine: a locked-down child tries what must fail and tells.

Owns the child's life and the reading of its report; the attempts and the layers are others' knowledge. It takes some
tens of milliseconds and needs a process with a single thread, as the zygote is.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from grader.errors import IsolationError
from grader.sandbox.lockdown import layers
from grader.sandbox.lockdown.attempts import ATTEMPTS, Aim
from grader.sandbox.lockdown.layers import Preparation
from grader.sandbox.lockdown.limits import Bounds

SECONDS: Final = 10.0
_CHUNK: Final = 1 << 16
_EVERYBODY_ENTERS: Final = 0o777
_EVERYBODY_WRITES: Final = 0o666


@dataclass(frozen=True)
class Finding:
    """One attempt, the layer that answers for it, whether it was refused, and what was said."""

    layer: str
    attempt: str
    held: bool
    detail: str
    needs: str = ""
    """A further layer without which nothing is promised."""


@dataclass(frozen=True)
class Proof:
    """What a locked-down process tried, in order."""

    findings: tuple[Finding, ...]

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Return what was not refused."""
        return tuple(finding for finding in self.findings if not finding.held)

    @property
    def holds(self) -> bool:
        """Tell whether everything was refused."""
        return not self.broken


def prove(
    bounds: Bounds,
    *,
    readable: tuple[Path, ...] = (),
    secret: tuple[Path, ...] = (),
    without: frozenset[str] = frozenset(),
) -> Proof:
    """Lock a child down as student processes are, let it try what must fail, and return what happened.

    Raises IsolationError when a layer is missing or can't be put on.
    """
    with (
        _bait() as (folder, leaked),
        contextlib.closing(layers.prepare(bounds, readable=readable, secret=secret, without=without)) as preparation,
    ):
        report, pipe = os.pipe()
        aim = Aim(bounds, os.getpid(), folder, leaked, pipe, secret)
        child = os.fork()
        if child == 0:
            _report(preparation, aim)
        os.close(pipe)
        try:
            return Proof(_findings(_read_all(report)))
        finally:
            os.close(report)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


@contextlib.contextmanager
def _bait() -> Iterator[tuple[Path, int]]:
    """Make a folder with a file that everybody may read and write; give it and the file's descriptor."""
    with tempfile.TemporaryDirectory(prefix="lockdown-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        bait = folder / "bait"
        bait.write_bytes(b"bait")
        folder.chmod(_EVERYBODY_ENTERS)
        bait.chmod(_EVERYBODY_WRITES)
        leaked = os.open(bait, os.O_RDONLY)
        try:
            yield folder, leaked
        finally:
            os.close(leaked)


def _report(preparation: Preparation, aim: Aim) -> NoReturn:
    """Lock down, try everything, and tell each result as a line of JSON; never returns."""
    try:
        preparation.lock_down(keep=(aim.pipe,))
        for number, attempt in enumerate(ATTEMPTS):
            _tell(aim.pipe, {"trying": number})
            held, detail = attempt.outcome(aim)
            _tell(aim.pipe, {"held": held, "detail": detail})
    except Exception as problem:  # noqa: BLE001 - the border of the process
        _tell(aim.pipe, {"failed": str(problem) if isinstance(problem, IsolationError) else repr(problem)})
    finally:
        os._exit(0)


def _tell(pipe: int, line: dict[str, Any]) -> None:
    os.write(pipe, json.dumps(line).encode() + b"\n")


def _read_all(report: int) -> list[dict[str, Any]]:
    """Return the lines that come until the pipe is closed or the time is up."""
    deadline = time.monotonic() + SECONDS
    text = bytearray()
    while (left := deadline - time.monotonic()) > 0 and select.select([report], [], [], left)[0]:
        if not (data := os.read(report, _CHUNK)):
            break
        text += data
    return [json.loads(line) for line in text.splitlines()]


def _findings(lines: list[dict[str, Any]]) -> tuple[Finding, ...]:
    """Return a finding for each attempt; one without a result ended the process, and was not refused."""
    results: dict[int, tuple[bool, str]] = {}
    trying = -1
    for line in lines:
        match line:
            case {"failed": reason}:
                raise IsolationError(reason)
            case {"trying": trying}:
                results[trying] = (False, "the process ended in it")
            case {"held": held, "detail": detail}:
                results[trying] = (held, detail)
    never = (False, "the process ended before it")
    return tuple(
        Finding(attempt.layer, attempt.name, *results.get(number, never), attempt.needs)
        for number, attempt in enumerate(ATTEMPTS)
    )
