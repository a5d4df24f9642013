"""What memory each judge and each student process has of its own, beyond what it shares with its template or zygote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from threading import Barrier

import torch
from bare import COURSE, submission

from grader.catalogue.course import load_course
from grader.grading.crew import Crew
from grader.grading.options import Options
from grader.judge.open import open_sandbox
from grader.protocol.messages import Begin, Call, Load
from grader.protocol.snippet import Snippet

JUDGES = 2
MEBI = 1024


def own_memory(pid: int) -> float:
    """Return the MiB that a process shares with nobody."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return sum(int(kib) for kib in re.findall(r"^Private_(?:Clean|Dirty):\s+(\d+) kB", text, re.MULTILINE)) / MEBI


def judges() -> list[int]:
    """Return the processes that a template of this machine has forked."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (path / "cmdline").read_bytes()
            parent = (path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            if b"grader.grading.template" in command:
                found[int(path.name)] = int(parent)
    return [pid for pid, parent in found.items() if parent in found]


def memory_of_a_student_process() -> float:
    """Return the MiB that a student process has of its own once it has loaded a solution and called it."""
    course = load_course(COURSE)
    (exercise,) = [each for each in course.exercises if each.slug == "weighted_grad"]
    source = exercise.solution.read_text(encoding="utf-8")
    arguments = (Snippet("lambda x: 2 * x"), torch.tensor([1.0, 2.0]), torch.tensor([1.0, 0.5]))
    with open_sandbox(course) as sandbox:
        process = sandbox.start()
        process.ask(Load("weighted_grad.py", (source,), notebook=False, entries=("weighted_grad",)))
        process.ask(Begin("weighted_grad.py"))
        process.ask(Call("weighted_grad", arguments))
        used = own_memory(process.pid)
        process.close()
    return used


def memory_rows() -> Iterator[tuple[str, str, str]]:
    """Yield the memory of judges that have graded six exercises, right and wrong, and of a student process."""
    all_there = Barrier(JUDGES + 1)
    with closing(Crew(Options(COURSE, b"benchmark"), JUDGES)) as crew, ThreadPoolExecutor(JUDGES) as threads:

        def work(_number: int) -> None:
            for wrong in (0, 6):
                crew.grade(submission(crew.assignment, wrong=wrong))
            all_there.wait()
            all_there.wait()

        working = [threads.submit(work, number) for number in range(JUDGES)]
        all_there.wait()
        figures = [own_memory(pid) for pid in judges()]
        all_there.wait()
        for each in working:
            each.result()
    yield "memory of each judge of its own", " and ".join(f"{each:.0f} MiB" for each in figures), "60 MiB"
    yield "memory of a student process of its own", f"{memory_of_a_student_process():.0f} MiB", "30 MiB"
