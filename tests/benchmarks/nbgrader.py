"""`nbgrader autograde` on the same submissions as nbgrader comes, and with our judge in it.

    python tests/benchmarks/nbgrader.py [SUBMISSIONS]

Half of the submissions are right, half are known wrong solutions. nbgrader's own notebook tests eight random maps with
plain asserts; ours is judged by the course's hidden checks and gets its feedback written. Both run with this Python.
Prints the whole command's time, its part for each submission beyond the first, and how many times ours fits into it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbformat import v4

from grader.bridges.nbgrader.course_config import judge_config

ROOT = Path(__file__).resolve().parents[2]
SLUG = "weighted_grad"
SOLUTIONS = ROOT / "solutions" / "weights" / SLUG
TESTS = """\
import torch
from torch.autograd.functional import vjp

for seed in range(8):
    torch.manual_seed(seed)
    matrix = torch.randn(4, 3, dtype=torch.float64)
    f = lambda x: (matrix @ x) ** 2 + x.sum()
    x, v = torch.randn(3, dtype=torch.float64), torch.randn(4, dtype=torch.float64)
    assert torch.allclose(weighted_grad(f, x, v), vjp(f, x, v)[1])
    assert x.grad is None and not x.requires_grad
"""


def cell(name: str, source: str, **known: object) -> nbformat.NotebookNode:
    """Return a cell with nbgrader's metadata."""
    metadata = {"schema_version": 3, "grade_id": name, "grade": False, "solution": False, "locked": False}
    return v4.new_code_cell(source, metadata={"nbgrader": {**metadata, "task": False, **known}})


def notebook(answer: str, tests: str) -> nbformat.NotebookNode:
    """Return a notebook with an answer and its tests."""
    cells = [
        cell(f"{SLUG}-solution", answer, solution=True),
        cell(f"{SLUG}-autograde", tests, grade=True, locked=True, points=4),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def write(path: Path, made: nbformat.NotebookNode) -> None:
    """Write a notebook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)


def answers(count: int) -> list[str]:
    """Return as many answers: right and wrong ones in turn."""
    right = (SOLUTIONS / f"{SLUG}.py").read_text(encoding="utf-8")
    wrong = [path.read_text(encoding="utf-8") for path in sorted((SOLUTIONS / "wrong").glob("*.py"))]
    return [wrong[number // 2 % len(wrong)] if number % 2 else right for number in range(count)]


class Measured:
    """An nbgrader course whose submissions are graded again and again."""

    def __init__(self, folder: Path, settings: str, tests: str) -> None:
        self.folder = folder
        self.tests = tests
        folder.mkdir()
        (folder / "nbgrader_config.py").write_text(f"c = get_config()\n{settings}", encoding="utf-8")
        starter = (ROOT / "exercises" / "weights" / SLUG / f"{SLUG}.py").read_text(encoding="utf-8")
        region = "    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION"
        write(
            folder / "source/ps/week.ipynb", notebook(starter.replace("    raise NotImplementedError", region), tests)
        )
        self.run("generate_assignment", "ps")

    def run(self, *arguments: str) -> float:
        """Run a command of nbgrader; return the seconds it took."""
        own = dict.fromkeys(("JUPYTER_CONFIG_DIR", "IPYTHONDIR"), str(self.folder / ".jupyter"))
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=self.folder,
            env={**os.environ, **own, "GRADER_SECRET": "benchmark"},
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - begin

    def autograde(self, count: int) -> float:
        """Grade `count` submissions; return the seconds it took."""
        for part in ("submitted", "autograded"):
            shutil.rmtree(self.folder / part, ignore_errors=True)
        for number, answer in enumerate(answers(count)):
            write(self.folder / f"submitted/student{number:03}/ps/week.ipynb", notebook(answer, self.tests))
        return self.run("autograde", "ps")


def main() -> None:
    """Measure both in one run."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    whole, each = {}, {}
    with tempfile.TemporaryDirectory() as name:
        for title, settings, tests in (("nbgrader", "", TESTS), ("ours", judge_config(ROOT), f"# graded: {SLUG}")):
            course = Measured(Path(name) / title, settings, tests)
            first = course.autograde(1)
            whole[title] = course.autograde(count)
            each[title] = (whole[title] - first) / (count - 1)
            sys.stdout.write(f"{title:9} {whole[title]:6.1f} s in all, {each[title]:6.3f} s for each further one\n")
    sys.stdout.write(
        f"{count} submissions: {whole['nbgrader'] / whole['ours']:.1f} times the speed in all, "
        f"{each['nbgrader'] / each['ours']:.1f} times beyond the first\n"
    )


if __name__ == "__main__":
    main()
