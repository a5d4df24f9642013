"""Throughput and peak memory of `grader grade` on a class of copies of the reference solutions.

    python tests/benchmarks/throughput.py [STUDENTS]

Prints submissions a second, beyond start-up and in all, and the peak memory of the coordinator and of its children.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.catalogue.course import load_course

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "tests" / "classroom" / "course.yaml"


def make_class(folder: Path, students: int) -> None:
    """Write a class in which everybody handed in the reference solutions."""
    for number in range(students):
        place = folder / f"student{number:05}"
        place.mkdir(parents=True)
        for exercise in load_course(COURSE).exercises if number == 0 else ():
            shutil.copy(exercise.solution, place)
        if number:
            shutil.copytree(folder / "student00000", place, dirs_exist_ok=True)


def grade(folder: Path, out: Path) -> float:
    """Grade a class; return the seconds it took."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "grader", "grade", str(folder), "--course", str(COURSE), "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    """Measure a class of one, which is start-up, and the class asked for."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as name:
        one, many = Path(name) / "one", Path(name) / "many"
        make_class(one, 1)
        make_class(many, students)
        start_up = grade(one, Path(name) / "out1")
        seconds = grade(many, Path(name) / "out2")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(
        f"{students} submissions of 6 exercises in {seconds:.1f} s: {students / seconds:.1f} a second in all, "
        f"{(students - 1) / (seconds - start_up):.1f} beyond start-up ({start_up:.1f} s)\n"
        f"largest process: {peak:.0f} MiB\n"
    )


if __name__ == "__main__":
    main()
