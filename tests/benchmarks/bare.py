"""What judging costs beside the same calls in one bare process, and what a wrong answer costs beside a right one.

The requests of a right submission of the sample class's six exercises are noted as they are sent; a bare process then
loads the same sources and makes the same calls, without guard, fork or comparison.
"""

from __future__ import annotations

import gc
import io
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import cloudpickle
import torch

from grader.grading.judge import Judge, open_judge
from grader.grading.options import Assignment, Options, load_assignment
from grader.protocol.frames import Frame, read_frame
from grader.protocol.messages import Call, Observe, decode_request
from grader.protocol.values import Decoder, materialise
from grader.sandbox.process import StudentProcess
from grader.sandbox.warming import warm_torch
from grader.submissions.submission import SourceFile, Submission

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "tests" / "classroom" / "course.yaml"
ROUNDS = 20
KINDS = 4
"""How many sets of wrong solutions are recorded."""
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of_children() -> float:
    """Return the CPU seconds of every process below this one, ended ones included."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        found[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:15])) / TICKS
    total, parents = 0.0, [os.getpid()]
    while parents:
        parent = parents.pop()
        for pid, (above, seconds) in found.items():
            if above == parent:
                total += seconds
                parents.append(pid)
    return total


def submission(assignment: Assignment, wrong: int, number: int = 0) -> Submission:
    """Return a submission whose first `wrong` exercises hold a known wrong solution, the others the reference."""
    files = {}
    for place, each in enumerate(assignment.exercises):
        paths = sorted((each.solution.parent / "wrong").glob("*.py"))
        path = paths[number % len(paths)] if place < wrong else each.solution
        files[each.slug] = SourceFile(f"{each.slug}.py", (path.read_text(encoding="utf-8"),), notebook=False)
    return Submission(f"student{number}", files, {}, None, "")


def cost_of_grading(judge: Judge, handed_in: Submission) -> tuple[float, float]:
    """Return the CPU seconds of the judge and of its student processes for one submission that it has seen before."""
    judge.grade(handed_in)
    gc.collect()
    before, below = time.process_time(), cpu_of_children()
    for _ in range(ROUNDS):
        judge.grade(handed_in)
    return (time.process_time() - before) / ROUNDS, (cpu_of_children() - below) / ROUNDS


def cost_of_recording(judge: Judge) -> float:
    """Return the CPU seconds that noting what the code did takes for an exercise that is not passed."""
    assignment, recording = judge.assignment, judge.means
    assert recording is not None
    wrong = [submission(assignment, wrong=len(assignment.exercises), number=number) for number in range(KINDS)]
    seconds = {True: 0.0, False: 0.0}
    for handed_in in wrong:
        for records in seconds:
            judge.means = replace(recording, records=records)
            seconds[records] += sum(cost_of_grading(judge, handed_in))
    judge.means = recording
    return (seconds[True] - seconds[False]) / len(wrong) / len(assignment.exercises)


@contextmanager
def noting(notes: list[bytes]) -> Iterator[None]:
    """Note every request that is sent to a student process meanwhile."""
    original = StudentProcess.send

    def send(process: StudentProcess, frame: Frame) -> int:
        notes.append(frame.numbered(0))
        return original(process, frame)

    StudentProcess.send = send
    try:
        yield
    finally:
        StudentProcess.send = original


def cost_of_bare_calls(notes: Sequence[bytes], assignment: Assignment) -> tuple[int, float]:
    """Return how many calls were made, and the CPU seconds of making them in this process."""
    names: dict[str, dict[str, object]] = {}
    for each in assignment.exercises:
        names[each.slug] = {}
        exec(each.solution.read_text(encoding="utf-8"), names[each.slug])
    entries = {entry: names[each.slug] for each in assignment.exercises for entry in each.sheet.entry_points}
    calls: list[Callable[[], object]] = []
    for note in notes:
        _, tree, blob = read_frame(io.BytesIO(note).read, max_blob=len(note), max_tree=len(note))
        match decode_request(tree, Decoder(blob, unpickle=cloudpickle.loads)):
            case Call(entry=entry, arguments=arguments, times=times):
                calls += [bare_call(entries[entry][entry], arguments)] * times
            case Observe():
                raise SystemExit("the six exercises are called, not observed")
    for call in calls:
        call()
    before = time.process_time()
    for call in calls:
        call()
    return len(calls), time.process_time() - before


def bare_call(function: Callable[..., object], arguments: Sequence[object]) -> Callable[[], object]:
    """Return a call on fresh arguments."""
    return lambda: function(*map(materialise, arguments))


def rows(one_import: float) -> Iterator[tuple[str, str, str]]:
    """Yield what is measured, the figure, and its bar."""
    torch.set_num_threads(1)
    warm_torch()
    assignment = load_assignment(Options(COURSE, b"benchmark"))
    notes: list[bytes] = []
    with open_judge(assignment) as judge:
        right = submission(assignment, wrong=0)
        judge.grade(right)
        with noting(notes):
            judge.grade(right)
        gc.collect()
        gc.freeze()
        judged = cost_of_grading(judge, right)
        calls, alone = cost_of_bare_calls(notes, assignment)
        whole = sum(judged)
        yield (
            f"a right submission of six exercises, {calls} calls, against bare calls",
            f"{whole / alone:.1f} times ({judged[0] / one_import:.3f} + {judged[1] / one_import:.3f} units)",
            "4",
        )
        for wrong in (1, len(assignment.exercises)):
            again = sum(cost_of_grading(judge, submission(assignment, wrong=wrong)))
            yield f"wrong in {wrong} of six, given before, against a right one", f"{again / whole:.2f} times", "1.5"
        yield "a recording, for each exercise not passed", f"{1000 * cost_of_recording(judge):.1f} ms", "20 ms"
