"""The resource limits of a student process; knows how much it may use, not what it does with it.

Memory is bounded by address space: without fork, memfd or a writable folder nothing escapes it. CPU time is a
backstop, the judge's own clock decides first.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SPARE_TASKS: Final = 64
"""How many threads an ordinary user may start elsewhere before a student process lacks its own."""
PENDING_SIGNALS: Final = 16
CPU_GRACE_SECONDS: Final = 1

Limit = tuple[int, int, int]
"""A kind of resource with its soft and its hard limit."""


@dataclass(frozen=True)
class Bounds:
    """What one student process may use in all."""

    memory_bytes: int
    """Address space, what the interpreter and torch already hold included."""
    cpu_seconds: int
    open_files: int
    threads: int
    """Beyond the first. 0 is exact everywhere; more is exact for a uid of its own, else only bounded."""


def resource_limits(bounds: Bounds, *, own_uid: bool) -> tuple[Limit, ...]:
    """Return every limit to impose, none above what this process itself may have."""
    wanted = {
        resource.RLIMIT_AS: bounds.memory_bytes,
        resource.RLIMIT_NOFILE: bounds.open_files,
        resource.RLIMIT_NPROC: _tasks(bounds.threads, own_uid=own_uid),
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: PENDING_SIGNALS,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_RTPRIO: 0,
    }
    cpu = _within(resource.RLIMIT_CPU, bounds.cpu_seconds)
    cpu_hard = _within(resource.RLIMIT_CPU, bounds.cpu_seconds + CPU_GRACE_SECONDS)
    return (*alike(wanted), (resource.RLIMIT_CPU, cpu, cpu_hard))


def with_cpu_seconds(limits: Iterable[Limit], seconds: int) -> tuple[Limit, ...]:
    """Return `limits` with another bound on CPU time."""
    soft, hard = (_within(resource.RLIMIT_CPU, each) for each in (seconds, seconds + CPU_GRACE_SECONDS))
    others = [each for each in limits if each[0] != resource.RLIMIT_CPU]
    return (*others, (resource.RLIMIT_CPU, soft, hard))


def alike(wanted: Mapping[int, int]) -> tuple[Limit, ...]:
    """Return a limit for each kind of resource, soft as hard, none above what this process itself may have."""
    within = [(kind, _within(kind, most)) for kind, most in wanted.items()]
    return tuple((kind, most, most) for kind, most in within)


def impose(limits: Iterable[Limit]) -> None:
    """Impose `limits` on the calling process, which can't raise them again."""
    for kind, soft, hard in limits:
        resource.setrlimit(kind, (soft, hard))


def _within(kind: int, most: int) -> int:
    hard = resource.getrlimit(kind)[1]
    return most if hard == resource.RLIM_INFINITY else min(most, hard)


def _tasks(threads: int, *, own_uid: bool) -> int:
    if threads == 0:
        return 0
    return 1 + threads if own_uid else tasks_of(os.getuid()) + SPARE_TASKS + threads


def tasks_of(uid: int) -> int:
    """Return how many threads run as `uid` in all processes that this one can see."""
    return sum(_task_count(folder, uid) for folder in Path("/proc").iterdir() if folder.name.isdigit())


def _task_count(process: Path, uid: int) -> int:
    try:
        if process.stat().st_uid != uid:
            return 0
        return len(list((process / "task").iterdir()))
    except OSError:  # it ended meanwhile
        return 0
