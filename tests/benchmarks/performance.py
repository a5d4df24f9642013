"""Measures what grading costs and writes the table of docs/performance.md.

    python tests/benchmarks/performance.py [--whole] [--write]

Every figure is a ratio of two things of the same run, since machines are shared; the unit of CPU time is one
`import torch`. `--whole` adds the class of 10,000, which takes a quarter of an hour; `--write` replaces the page.
"""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import bare
import ten_asserts
from measure import Cost, cgroup_root, run, unit
from memory import memory_rows
from nbgrader_course import NbgraderCourse

from grader.bridges.nbgrader.course_config import judge_config
from grader.grading.grade_all import cores

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
SIZES = (10, 100, 300, 1000)
NOTEBOOKS = 20
CLASS = 300


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    bar: str = ""


def grade(folder: Path, course: Path, out: Path, jobs: int) -> Cost:
    """Grade a class; return what the whole command cost."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "grader", "grade", folder, "--course", course, "--out", out, "--jobs", jobs]
    command += ["--store", out / "store.db"]  # a new one each time: what is known is not judged again
    return run(command, cwd=ROOT, allowed=(0, 1))  # 1 where work waits for a person


def class_rows(place: Path, one_import: float, sizes: Sequence[int]) -> Iterator[Row]:
    """Yield start-up, cost per submission and growth; the costs of whole classes are kept in `place`."""
    ten_asserts.write_course(place / "course")
    for size in (1, 2, *sizes):
        ten_asserts.write_class(place / f"class{size}", size)

    def cost(size: int, jobs: int) -> Cost:
        return grade(place / f"class{size}", place / "course", place / "out", jobs)

    start = {1: cost(1, 1), 2: cost(2, 2)}
    yield Row("start-up and one submission, one job", f"{start[1].cpu / one_import:.1f} units, {start[1].wall:.1f} s")
    yield Row("start-up and two submissions, two jobs", f"{start[2].cpu / one_import:.1f} units", "4 units")
    costs = {size: cost(size, 2) for size in sizes}
    first, last = min(sizes), max(sizes)
    marginal = (costs[last].cpu - costs[first].cpu) / (last - first) / one_import
    yield Row("one submission of ten asserts, beyond start-up", f"{marginal:.4f} units", "0.02 units")
    for size, each in costs.items():
        yield Row(f"{size:,} submissions, two jobs", f"{each.wall:.1f} s, {size / each.wall:.0f} a second")
    one_job = cost(CLASS, 1)
    yield Row(f"{CLASS} submissions, one job", f"{one_job.wall:.1f} s, {one_job.cpu / one_import:.1f} units")


def nbgrader_rows(place: Path, whole: Cost) -> Iterator[Row]:
    """Yield the comparison with nbgrader as it comes, and with our judge in it."""
    stock = NbgraderCourse(place / "stock")
    one, many = stock.autograde(1), stock.autograde(NOTEBOOKS)
    each = (many.wall - one.wall) / (NOTEBOOKS - 1)
    yield Row("stock nbgrader, one submission beyond the first", f"{each:.2f} s")
    yield Row(
        f"{CLASS} submissions, whole command, against stock nbgrader", f"{each * CLASS / whole.wall:.0f} times", "100"
    )
    ours = NbgraderCourse(place / "ours", judge_config(place / "course"))
    first, more = ours.autograde(1), ours.autograde(NOTEBOOKS)
    judged = (more.wall - first.wall) / (NOTEBOOKS - 1)
    yield Row("inside nbgrader autograde, one submission beyond the first", f"{each / judged:.0f} times", "20")


def rows(*, whole: bool) -> Iterator[Row]:
    """Measure everything, one row after another."""
    one_import = unit()
    yield Row("the unit: one `import torch`", f"{one_import:.2f} s of CPU")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        yield from class_rows(place, one_import, (*SIZES, 10_000) if whole else SIZES)
        yield from nbgrader_rows(place, grade(place / f"class{CLASS}", place / "course", place / "out", 2))
    yield from (Row(*each) for each in bare.rows(one_import))
    yield from (Row(*each) for each in memory_rows())


def page(found: Sequence[Row]) -> str:
    """Return the page's table with the machine and the date above it."""
    machine = f"{cores()} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    counted = (
        "" if cgroup_root() else " CPU of judges is missing where several jobs ran: no control group could be made."
    )
    lines = [
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {machine}.{counted}",
        "",
        "| what | measured | bar |",
        "|---|---|---|",
    ]
    return "\n".join([*lines, *(f"| {each.what} | {each.measured} | {each.bar} |" for each in found), "", ""])


def main() -> None:
    """Measure, print, and write the page where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--whole", action="store_true", help="with the class of 10,000")
    parser.add_argument("--write", action="store_true", help="replace the table in docs/performance.md")
    options = parser.parse_args()
    found = []
    for row in rows(whole=options.whole):
        sys.stdout.write(f"{row.what:65} {row.measured:28} {row.bar}\n")
        sys.stdout.flush()
        found.append(row)
    if options.write:
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(
            re.sub(r"(?s)(<!-- table -->\n).*(<!-- end -->)", rf"\g<1>{page(found)}\2", text), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
