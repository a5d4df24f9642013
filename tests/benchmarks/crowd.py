"""What a good submission's own grading takes in a class of good ones, and in a crowd with as many hostile ones.

    python tests/benchmarks/crowd.py

The crowd is the one of `tests/attacks/test_crowd.py`, in the small course under attack. Prints the seconds from a
judge's taking up a good submission to its report, waiting left out, alone and in the crowd, and their ratio.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.grading.class_run import ClassRun, JudgeProcess

from grader.grading.options import Options
from grader.submissions.entries import Entry, entries

ROUNDS = 3
ATTACKS = Path(__file__).resolve().parents[1] / "attacks"


@contextmanager
def noting_when_given() -> Iterator[dict[str, float]]:
    """Note meanwhile at which time each submission is handed to a judge."""
    given: dict[str, float] = {}
    hand_over = JudgeProcess.give

    def note_and_give(judge: JudgeProcess, entry: Entry) -> None:
        given[entry.student] = time.perf_counter()
        hand_over(judge, entry)

    JudgeProcess.give = note_and_give  # type: ignore[method-assign]
    yield given
    JudgeProcess.give = hand_over  # type: ignore[method-assign]


def seconds_of_each(class_run: ClassRun, found: tuple[Entry, ...]) -> dict[str, float]:
    """Grade a class; return how long each submission took, its report looked at as soon as it is ready."""
    with noting_when_given() as given:
        ready = ((graded.facts.student, time.perf_counter()) for graded in class_run._as_ready(found))
        return {student: now - given[student] for student, now in ready}


def module(path: Path) -> ModuleType:
    """Return a module of the attack suite, which is no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = loaded
    spec.loader.exec_module(loaded)
    return loaded


def seconds_of_good_ones(suite: ModuleType, crowd: Mapping[str, Any]) -> list[float]:
    """Return how long the grading of each good submission of a class takes."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name).resolve()
        person = suite.Person("this one", os.geteuid(), os.getegid(), base / "home", sys.executable)
        arena = suite.Arena(base, person)
        arena.build((), level="visible")
        module(ATTACKS / "test_crowd.py").sit_down(arena, crowd)
        class_run = ClassRun(Options(root=arena.course, secret=b"crowd"), len(os.sched_getaffinity(0)))
        taken = seconds_of_each(class_run, entries(arena.submissions, slugs=["weighted_grad"]))
    return [taken[student] for student, attack in crowd.items() if attack is None]


def main() -> None:
    """Grade the good ones alone and in the crowd by turns, and print."""
    load, suite = os.getloadavg()[0], module(ATTACKS / "conftest.py")
    crowd = module(ATTACKS / "test_crowd.py").seats(suite.load_attacks())
    good = {student: attack for student, attack in crowd.items() if attack is None}
    alone: list[float] = []
    beside: list[float] = []
    for _ in range(ROUNDS):
        alone += seconds_of_good_ones(suite, good)
        beside += seconds_of_good_ones(suite, crowd)
    medians = statistics.median(alone), statistics.median(beside)
    sys.stdout.write(
        f"{len(good)} good submissions on {os.cpu_count()} cores, {ROUNDS} times, load {load:.1f} before: "
        f"median {medians[0] * 1e3:.0f} ms each alone, {medians[1] * 1e3:.0f} ms in a crowd with "
        f"{len(crowd) - len(good)} hostile ones, x {medians[1] / medians[0]:.2f}\n"
    )


if __name__ == "__main__":
    main()
