"""How long a cell of a notebook may run.

Past its limit a cell gets an exception of ours, which ends that cell alone. Code that swallows it, or that Python can't
interrupt, is ended by the kernel with its process a moment later, or by the judge.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import NoReturn

from grader.sandbox.limits import Limits

GRACE_SECONDS = 1.0


class CellTimeout(BaseException):
    """A cell ran for longer than it may; no `except Exception` of the cell's own is to catch it."""

    __module__ = "builtins"  # its name alone is shown


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Let the body use what one call may, of CPU time and of wall time."""
    alarms = {
        signal.SIGPROF: (signal.ITIMER_PROF, limits.call_cpu_seconds, "CPU time"),
        signal.SIGALRM: (signal.ITIMER_REAL, limits.call_wall_seconds, "time"),
    }
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    for number, (_, seconds, what) in alarms.items():
        signal.signal(number, partial(stop_cell, f"{seconds:g} s of {what}"))
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, limits.call_cpu_seconds + GRACE_SECONDS)
        for timer, seconds, _ in alarms.values():
            signal.setitimer(timer, seconds)
        yield
    finally:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL, signal.ITIMER_VIRTUAL):
            signal.setitimer(timer, 0)


def stop_cell(limit: str, _number: int, _frame: FrameType | None) -> NoReturn:
    """End the cell."""
    raise CellTimeout(f"this cell was stopped after {limit} / 此单元格超过时间限制，已被停止")
