"""Public tests as a student runs them: plain pytest in a folder of its own, on the solution and on the starter."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from grader.catalogue.exercise import Exercise
from grader.catalogue.rules import Broken
from grader.grading.grade_all import cores

SECONDS = 300
PASSED, FAILED = 0, 1
WORTH_A_RUNNER = 4
"""So many runs are worth the seconds in which a runner imports torch."""


def check_public_tests(exercises: Sequence[Exercise]) -> Iterator[Broken]:
    """Public tests pass on every solution, and fail on every starter."""
    solutions = [Run(exercise, exercise.solution) for exercise in exercises]
    starters = [Run(exercise, exercise.starter) for exercise in exercises]
    runs = [*solutions, *starters]
    shares = max(1, min(cores(), len(runs) // WORTH_A_RUNNER))
    with ThreadPoolExecutor(shares) as pool:
        ended = pool.map(run_all, [runs[start::shares] for start in range(shares)])
    for run, code, output in chain.from_iterable(ended):
        problem = ""
        if run.is_solution and code != PASSED:
            problem = f"the solution does not pass the public tests: {output}"
        elif not run.is_solution and code != FAILED:
            problem = "the starter does not fail the public tests"
        if problem:
            yield Broken(run.exercise.public_tests, problem)


@dataclass(frozen=True)
class Run:
    """The public tests of an exercise, run on one source."""

    exercise: Exercise
    source: Path

    @property
    def is_solution(self) -> bool:
        """Whether the source is the reference solution, and not the starter."""
        return self.source == self.exercise.solution

    @property
    def place(self) -> str:
        """The folder, from the common one, in which they run."""
        return f"{'solution' if self.is_solution else 'starter'}/{self.exercise.slug}"


def run_all(runs: Sequence[Run]) -> list[tuple[Run, int, str]]:
    """Return pytest's exit code and last lines for each run."""
    ended = []
    with tempfile.TemporaryDirectory() as folder:
        for run in runs:
            place = Path(folder) / run.place
            place.mkdir(parents=True)
            shutil.copy(run.source, place / f"{run.exercise.slug}.py")
            shutil.copy(run.exercise.public_tests, place)
        rest = output_of(folder, [run.place for run in runs])
        for run in runs:
            told, found, after = rest.partition(f"@result {run.place} ")
            code, _, rest = after.partition("\n") if found else ("-1", "", rest)
            ended.append((run, int(code), summary(told)))
    return ended


def output_of(folder: str, places: Sequence[str]) -> str:
    """Return what pytest says in every place below `folder`, as far as it came in time."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter on trusted content
        [sys.executable, "-c", RUNNER, folder, *places],
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as runner:
        try:
            said, slow = runner.communicate(timeout=SECONDS)[0], ""
        except subprocess.TimeoutExpired:
            os.killpg(runner.pid, signal.SIGKILL)  # its forks too
            said, slow = runner.communicate()[0], f"\nERROR not done within {SECONDS} s; does a loop end?"
    return said.decode(errors="replace") + slow


RUNNER = """
import gc, os, pathlib, sys
import pytest
if any("import torch" in each.read_text("utf-8") for each in pathlib.Path(sys.argv[1]).rglob("*.py")):
    import torch
    torch.autograd.functional.hessian(torch.sum, torch.ones(1))  # what torch imports at its first use, once for all
gc.freeze()  # pytest collects garbage at its end, five times over all of torch
for place in sys.argv[2:]:
    if not (child := os.fork()):
        root, folder = os.path.split(f"{sys.argv[1]}/{place}")
        os.chdir(root)
        code = pytest.main(["-q", "-x", "-p", "no:cacheprovider", "--rootdir", root, folder])
        print("@result", place, int(code), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""
"""Imports torch once, and forks for each place: in one process, the modules of one would be the next one's too."""


def summary(output: str) -> str:
    """Return the lines of pytest's output that tell what failed."""
    lines = [line for line in output.splitlines() if line.startswith(("E ", "FAILED", "ERROR"))]
    return " | ".join(lines[:3]) or output[-200:]
