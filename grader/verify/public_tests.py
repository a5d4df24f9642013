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
        done = subprocess.run(  # noqa: S603 - our own interpreter on trusted content
            [sys.executable, "-c", RUNNER, folder, *(exercise.slug for exercise in exercises)],
            cwd=folder,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        codes = dict(line.split()[1:] for line in done.stdout.splitlines() if line.startswith("@result "))
        for exercise in exercises:
            yield exercise, int(codes.get(exercise.slug, -1)), summary(done.stdout + done.stderr)


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
