"""What a good submission and the judge notice of two hostile ones that are judged beside it.

    python tests/benchmarks/hostile_neighbours.py [CALLS]

One hostile submission computes without end, one fills and empties its memory without end; each has a judge and a
sandbox of its own, as in a class run. Meanwhile a good one is called again and again, each time from the start: a
process is forked, locked down, loads the reference `weighted_grad` and calls it once. Prints the times of such a graded
call alone and beside the two, of the lock-down in it, of the hostile ones' verdicts, and the judges' peak memory.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import statistics
import struct
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

import torch

from grader.protocol.messages import Call, Load
from grader.protocol.snippet import Snippet
from grader.sandbox.confinement import Confinement
from grader.sandbox.limits import Limits
from grader.sandbox.process import Stopped
from grader.sandbox.sandbox import Sandbox
from grader.sandbox.zygote import REPLIES, hold_low_descriptors, place_descriptors

ROOT = Path(__file__).resolve().parents[2]
GOOD = (ROOT / "solutions/weights/weighted_grad/weighted_grad.py").read_text(encoding="utf-8")
ARGUMENTS = (Snippet("lambda x: 2 * x"), torch.tensor([1.0, 2.0]), torch.tensor([1.0, 0.5]))
BUSY = "def f(x):\n    while True: pass"
HOG = """import torch
def f(x):
    held = []
    while True:
        held.append(torch.ones(10**6))
        if len(held) == 100:
            held.clear()
"""
LEAST_VERDICTS = 3
PATIENCE = 300.0


@dataclass(frozen=True)
class Verdict:
    """How long after its call a hostile submission was stopped, in seconds of CPU time and by the clock."""

    cpu: float
    wall: float


@dataclass(frozen=True)
class Harassed:
    """What a hostile submission's judge saw: the verdicts, and its own peak memory in MiB."""

    verdicts: tuple[Verdict, ...]
    judge_mib: float


def times(measured: Sequence[float]) -> str:
    """Return the median and the 95th percentile of some seconds, in milliseconds."""
    return f"median {statistics.median(measured) * 1e3:.1f} ms, p95 {percentile(measured) * 1e3:.1f} ms"


def percentile(measured: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return sorted(measured)[int(0.95 * len(measured))]


def seconds(function: Callable[[], object]) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    function()
    return time.perf_counter() - begin


def graded_call(sandbox: Sandbox) -> float:
    """Return the seconds from nothing to the answer of the good submission."""
    begin = time.perf_counter()
    process = sandbox.start()
    process.ask(Load("good.py", (GOOD,), notebook=False, entries=("weighted_grad",)))
    process.ask(Call("weighted_grad", ARGUMENTS))
    taken = time.perf_counter() - begin
    process.close()
    return taken


def lock_down(confinement: Confinement) -> float:
    """Return the seconds that a forked child takes to lock itself down."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        try:
            place_descriptors([writing] * 4)
            os.write(REPLIES, struct.pack("d", seconds(confinement.enter)))
        finally:
            os._exit(0)
    os.close(writing)
    (taken,) = struct.unpack("d", os.read(reading, 8))
    os.close(reading)
    os.wait()
    return float(taken)


def lock_downs(calls: int) -> list[float]:
    """Return the seconds of so many lock-downs."""
    hold_low_descriptors()
    confinement = Confinement(Limits())
    confinement.prepare()
    return [lock_down(confinement) for _ in range(calls)]


def harass(source: str, ready: Queue[None], stop: Event, seen: Queue[Harassed]) -> None:
    """Judge a hostile submission again and again; runs in a judge's process of its own."""
    verdicts: list[Verdict] = []
    with Sandbox(Limits()) as sandbox:
        sandbox.wait_until_ready()
        ready.put(None)
        while not stop.is_set() or len(verdicts) < LEAST_VERDICTS:
            verdicts.append(verdict_on(source, sandbox))
    seen.put(Harassed(tuple(verdicts), peak_mib()))


def verdict_on(source: str, sandbox: Sandbox) -> Verdict:
    """Return how long a hostile submission ran."""
    process = sandbox.start()
    process.ask(Load("hostile.py", (source,), notebook=False, entries=("f",)))
    begin, cpu_before, cpu, end = time.perf_counter(), process.cpu_seconds(), [0.0], process.end

    def note_and_end(pid: int) -> int:
        cpu[0] = process.cpu_seconds()
        return end(pid)

    process.end = note_and_end
    try:
        process.ask(Call("f", (1,)))
    except Stopped as stopped:
        assert stopped.limit == "cpu", stopped  # noqa: PT017 - what is measured here
    return Verdict(cpu[0] - cpu_before, time.perf_counter() - begin)


def peak_mib() -> float:
    """Return the most memory that this process has held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


@contextmanager
def hostile_neighbours() -> Iterator[list[Harassed]]:
    """Let both hostile submissions be judged meanwhile; afterwards the list holds what their judges saw."""
    context = multiprocessing.get_context("spawn")
    ready, seen, stop = context.Queue(), context.Queue(), context.Event()
    judges = [context.Process(target=harass, args=(source, ready, stop, seen)) for source in (BUSY, HOG)]
    harassed: list[Harassed] = []
    for judge in judges:
        judge.start()
    for _ in judges:
        ready.get(timeout=PATIENCE)
    yield harassed
    stop.set()
    harassed += [seen.get(timeout=PATIENCE) for _ in judges]
    for judge in judges:
        judge.join()


def main() -> None:
    """Measure alone and beside, and print."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    load = os.getloadavg()[0]
    locked = lock_downs(calls)
    with Sandbox(Limits()) as sandbox:
        sandbox.wait_until_ready()
        alone = [graded_call(sandbox) for _ in range(calls)]
        with hostile_neighbours() as harassed:
            beside = [graded_call(sandbox) for _ in range(calls)]
    verdicts = [verdict for each in harassed for verdict in each.verdicts]
    limit, ratios = Limits().call_cpu_seconds, [part(beside) / part(alone) for part in (statistics.median, percentile)]
    student_mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(
        f"{calls} graded calls each on {os.cpu_count()} cores, load {load:.1f} before\n"
        f"lock-down of a student process: {times(locked)} (at most 3 ms)\n"
        f"a graded call alone: {times(alone)}\n"
        f"a graded call beside two hostile submissions: {times(beside)} (at most 30 and 60 ms)\n"
        f"beside to alone: median x {ratios[0]:.1f}, p95 x {ratios[1]:.1f}\n"
        f"{len(verdicts)} hostile verdicts: at most {max(each.cpu for each in verdicts) - limit:.2f} s of CPU time "
        f"past the limit of {limit:g} s (at most 1 s), after {min(each.wall for each in verdicts):.1f} to "
        f"{max(each.wall for each in verdicts):.1f} s by the clock\n"
        f"peak memory: this judge {peak_mib():.0f} MiB, the hostile ones' judges at most "
        f"{max(each.judge_mib for each in harassed):.0f} MiB (at most 512), any other process {student_mib:.0f} MiB\n"
    )


if __name__ == "__main__":
    main()
