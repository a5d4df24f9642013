"""Public tests as a student runs them: plain pytest in a folder of its own, on the solution and on the starter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.catalogue.exercise import Exercise
from grader.catalogue.rules import Broken

SECONDS = 300
PASSED, FAILED = 0, 1


def check_public_tests(exercises: Sequence[Exercise]) -> Iterator[Broken]:
    """Public tests pass on every solution, and fail on every starter."""
    for exercise, code, output in run_all(exercises, [exercise.solution for exercise in exercises]):
        if code != PASSED:
            yield Broken(exercise.public_tests, f"the solution does not pass the public tests: {output}")
    for exercise, code, _ in run_all(exercises, [exercise.starter for exercise in exercises]):
        if code != FAILED:
            yield Broken(exercise.public_tests, "the starter does not fail the public tests")


def run_all(exercises: Sequence[Exercise], sources: Sequence[Path]) -> Iterator[tuple[Exercise, int, str]]:
    """Run each exercise's public tests on its source; yield pytest's exit code and last line."""
    with tempfile.TemporaryDirectory() as folder:
        for exercise, source in zip(exercises, sources, strict=True):
            place = Path(folder) / exercise.slug
            place.mkdir()
            shutil.copy(source, place / f"{exercise.slug}.py")
            shutil.copy(exercise.public_tests, place)
        rest = output_of(folder, exercises)
        for exercise in exercises:
            told, found, after = rest.partition(f"@result {exercise.slug} ")
            code, _, rest = after.partition("\n") if found else ("-1", "", rest)
            yield exercise, int(code), summary(told)


def output_of(folder: str, exercises: Sequence[Exercise]) -> str:
    """Return what pytest says of every exercise in `folder`, as far as it came in time."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter on trusted content
            [sys.executable, "-c", RUNNER, folder, *(exercise.slug for exercise in exercises)],
            cwd=folder,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        said = (problem.stdout or b"").decode(errors="replace")
        return f"{said}\nERROR not done within {SECONDS} s; does a loop end?"
    return done.stdout.decode(errors="replace")


RUNNER = """
import pytest, sys
for slug in sys.argv[2:]:
    code = pytest.main(["-q", "-x", "-p", "no:cacheprovider", "--rootdir", sys.argv[1], f"{sys.argv[1]}/{slug}"])
    print("@result", slug, int(code), flush=True)
"""


def summary(output: str) -> str:
    """Return the lines of pytest's output that tell what failed."""
    lines = [line for line in output.splitlines() if line.startswith(("E ", "FAILED", "ERROR"))]
    return " | ".join(lines[:3]) or output[-200:]
