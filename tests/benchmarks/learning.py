"""How long a learner waits: from `grader learn` to the first verdict, and from a save to its verdict, 50 times.

Prints seconds, and units of one `import torch` measured in the same run. Run it as
`python tests/benchmarks/learning.py [SLUG]`.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.catalogue.rules import CANARY

ROOT = Path(__file__).resolve().parents[2]
SAVES = 50


def timed(command: list[str]) -> float:
    """Return the seconds that a command takes."""
    begun = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - begun


class Loop:
    """`grader learn` at a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        self.ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "grader", "learn"]
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "40"}
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
        )
        os.close(theirs)

    def wait_for(self, words: bytes) -> float:
        """Return when some words were shown."""
        seen = b""
        while words not in seen:
            select.select([self.ours], [], [])
            seen += os.read(self.ours, 65536)
        return time.perf_counter()


def main(slug: str) -> None:
    """Measure and print."""
    unit_seconds = statistics.median(timed([sys.executable, "-c", "import torch"]) for _ in range(3))
    (solution,) = (ROOT / "solutions").glob(f"*/{slug}/{slug}.py")
    right = solution.read_text(encoding="utf-8").removeprefix(f"{CANARY}\n")
    wrong = next(iter(sorted(solution.parent.glob("wrong/*.py")))).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "mine"
        subprocess.run([sys.executable, "-m", "grader", "start", folder], cwd=ROOT, check=True, capture_output=True)
        file = folder / solution.parent.parent.name / slug / f"{slug}.py"
        file.write_text(wrong, encoding="utf-8")
        progress = folder / ".learn" / "progress.json"
        progress.write_text(f'{{"version": 1, "current": "{slug}"}}', encoding="utf-8")
        begun = time.perf_counter()
        loop = Loop(folder)
        shown = loop.wait_for(b"? all keys") - begun
        first = loop.wait_for(b"Mend ") - begun
        waits = []
        for number in range(SAVES):
            saved = time.perf_counter()
            file.write_text(f"{wrong if number % 2 else right}\n# {number}\n", encoding="utf-8")
            waits.append(loop.wait_for(b"Mend " if number % 2 else b"Passed, ") - saved)
        os.write(loop.ours, b"x")
        loop.process.wait()
    sys.stdout.write(f"import torch        {unit_seconds:6.2f} s\n")
    for what, seconds in (
        ("first screen", shown),
        ("first verdict", first),
        ("save, median", statistics.median(waits)),
        ("save, worst", max(waits)),
        ("  right, median", statistics.median(waits[::2])),
        ("  wrong, median", statistics.median(waits[1::2])),
    ):
        sys.stdout.write(f"{what:18}  {seconds:6.2f} s  {seconds / unit_seconds:6.3f} units\n")


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["weighted_grad"]))
