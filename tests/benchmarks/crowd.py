"""What a good submission's own grading takes in a class of good ones, and in a crowd with as many hostile ones.

    python tests/benchmarks/crowd.py

The crowd is the one of `tests/attacks/test_crowd.py`, in the small course under attack. Prints the seconds from a
judge's taking up a good submission to its facts, waiting left out, alone and in the crowd, and their ratio.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from types import ModuleType
from typing import Any

from grader.grading.crew import Crew
from grader.grading.grade_all import cores
from grader.grading.options import Options
from grader.submissions.entries import Entry, listing
from grader.submissions.intake import read_submission
from grader.submissions.submission import Submission
from grader.submissions.wanted import Wanted

ROUNDS = 3
ATTACKS = Path(__file__).resolve().parents[1] / "attacks"


def seconds_of_each(options: Options, found: Sequence[Entry]) -> dict[str, float]:
    """Grade a class by warm judges, one for each core; return how long each submission took."""
    jobs = cores()
    all_there = Barrier(jobs)
    with closing(Crew(options, jobs)) as crew, ThreadPoolExecutor(jobs) as threads:

        def warm_up(_number: int) -> None:
            all_there.wait()  # so that each thread has its own judge
            crew.grade(Submission("nobody", {}, {}, None, ""))

        def timed(submission: Submission) -> tuple[str, float]:
            begin = time.perf_counter()
            crew.grade(submission)
            return submission.student, time.perf_counter() - begin

        list(threads.map(warm_up, range(jobs)))
        wanted = crew.assignment.wanted
        return dict(threads.map(timed, [read_submission(entry, wanted) for entry in found]))


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
        found = listing(arena.submissions, Wanted({"weighted_grad": ["weighted_grad"]})).entries
        options = Options(root=arena.course, secret=b"crowd")
        taken = seconds_of_each(options, found)
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
