"""What a command costs: wall time, CPU time of all processes that it starts, and the largest of them.

CPU time is counted by the kernel for a control group (cgroup v2, as root). Elsewhere it is that of the children that
somebody waited for, which leaves out the judges of a run with several jobs; the output says so.
"""

from __future__ import annotations

import contextlib
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MICRO = 1e-6
IMPORT_TORCH = (sys.executable, "-c", "import torch")


@dataclass(frozen=True)
class Cost:
    """What one run of a command took, in seconds."""

    cpu: float
    wall: float


def cgroup_root() -> Path | None:
    """Return where control groups of version 2 are mounted and can be made, or None."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/mounts").read_text(encoding="ascii").splitlines():
            _, place, kind, *_ = line.split()
            if kind == "cgroup2" and os.access(place, os.W_OK):
                return Path(place)
    return None


@contextlib.contextmanager
def counted() -> Iterator[tuple[Callable[[], None], Callable[[], float]]]:
    """Yield what a child calls to be counted, and what tells the CPU seconds counted so far."""
    root = cgroup_root()
    if root is None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)

        def spent() -> float:
            now = resource.getrusage(resource.RUSAGE_CHILDREN)
            return now.ru_utime + now.ru_stime - before.ru_utime - before.ru_stime

        yield (lambda: None), spent
        return
    group = root / f"benchmark-{os.getpid()}-{time.monotonic_ns()}"
    group.mkdir()

    def used() -> float:
        (line,) = [each for each in (group / "cpu.stat").read_text().splitlines() if each.startswith("usage_usec")]
        return int(line.split()[1]) * MICRO

    def enter() -> None:
        (group / "cgroup.procs").write_text(str(os.getpid()))

    try:
        yield enter, used
    finally:
        while (group / "cgroup.procs").read_text():  # a zygote may still be ending
            time.sleep(0.05)
        group.rmdir()


def as_a_user() -> dict[str, str]:
    """Return this environment, in which modules are compiled once and not at every start."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(
    command: Sequence[object],
    *,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    allowed: Sequence[int] = (0,),
) -> Cost:
    """Run a command to its end and return what it cost; it must end with an allowed exit code."""
    with counted() as (enter, spent):
        begin = time.perf_counter()
        done = subprocess.run(
            list(map(str, command)),
            cwd=cwd,
            env={**as_a_user(), "GRADER_SECRET": "benchmark", **(environment or {})},
            preexec_fn=enter,
            capture_output=True,
            text=True,
            check=False,
        )
        wall = time.perf_counter() - begin
        if done.returncode not in allowed:
            raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stderr}")
        return Cost(spent(), wall)


def unit() -> float:
    """Return the CPU seconds of one `import torch`, the median of three."""
    return statistics.median(run(IMPORT_TORCH, cwd=Path.cwd()).cpu for _ in range(3))
