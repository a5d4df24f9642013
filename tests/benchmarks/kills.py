"""Kills runs over a class, 50 times, and compares the marks of the run that ends with those of an undisturbed one.

    python tests/benchmarks/kills.py --kills 50 --students 200 --seed 1

The judges are stubs, so that what is tested is the keeping.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "shared"))

from killed_runs import kill_runs, lines_of  # noqa: E402 - found beside this script
from sample_exercises import copy_exercise, course_config, write_config  # noqa: E402
from stub_grader import write_class  # noqa: E402

STUB = ROOT / "tests" / "shared" / "stub_grader.py"
UNIT, SLUG = "weights", "weighted_grad"


def make_course(folder, students):
    """Make a course with one exercise, and a class."""
    copy_exercise(ROOT, folder, UNIT, SLUG)
    for part in ("exercises", "solutions"):
        shutil.copy(ROOT / part / UNIT / "quiz.yaml", folder / part / UNIT)
    shutil.copy(ROOT / "solutions" / "misconceptions.yaml", folder / "solutions")
    write_config(folder, course_config(ROOT, UNIT))
    write_class(folder / "class", students)


def marks(path):
    """Return the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def main():
    """Kill, finish and compare; the exit code says whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in {"kills": 50, "students": 200, "seed": 1}.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="grader-kills-") as name:
        folder = Path(name) / "course"
        make_course(folder, asked.students)

        def start(*more, log="judged.log"):
            environment = {**os.environ, "STUB_LOG": str(folder / log), "GRADER_SECRET": "hunter"}
            command = [sys.executable, str(STUB), "grade", "class", *more]
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
            return subprocess.Popen(command, cwd=folder, env=environment, **quiet)

        log = folder / "judged.log"
        killed = kill_runs(start, log, kills=asked.kills, students=asked.students, seed=asked.seed)
        for process in (start(), start("--store", "whole.db", "--out", "whole", log="whole.log")):
            _, told = process.communicate()
            if process.returncode:
                sys.exit(told.decode())
        same = marks(folder / "feedback" / "grades.csv") == marks(folder / "whole" / "grades.csv")
        judged = len(lines_of(log))
        verdict = "equal" if same else "differ"
        sys.stdout.write(f"{killed} killed; {judged} judgements for {asked.students} students; marks {verdict}\n")
    sys.exit(not same or judged > asked.students + killed)


if __name__ == "__main__":
    main()
