"""The open descriptors of a student process: the pipes it is given, and nothing else.

A descriptor opened before the lock-down is not subject to it, so only those that lead to no file may stay.
"""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from grader.errors import IsolationError
from grader.sandbox.lockdown import kernel

STANDARD: Final = (0, 1, 2)
HIGHEST: Final = 2**31


def close_others(keep: Iterable[int]) -> None:
    """Close every descriptor but those in `keep`; a standard stream not kept leads to the null device."""
    kept = sorted(set(keep))
    borders = (STANDARD[-1], *(each for each in kept if each > STANDARD[-1]), HIGHEST)
    for low, high in itertools.pairwise(borders):
        if high - low > 1:
            kernel.call("close_range", low + 1, high - 1)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in STANDARD:
        if stream not in kept and stream != null:
            os.dup2(null, stream, inheritable=False)
    if null not in STANDARD:
        os.close(null)


def check_harmless(descriptors: Iterable[int]) -> None:
    """Raise IsolationError for a descriptor that is no pipe, no socket and not the null device."""
    null = Path(os.devnull).stat().st_rdev
    for descriptor in descriptors:
        status = os.fstat(descriptor)
        if stat.S_ISFIFO(status.st_mode) or stat.S_ISSOCK(status.st_mode):
            continue
        if not (stat.S_ISCHR(status.st_mode) and status.st_rdev == null):
            raise IsolationError(
                f"descriptor {descriptor} may not stay open in a student process; keep only pipes and sockets"
            )
