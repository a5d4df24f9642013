"""A judge in a process of its own: it reads entries from a pipe, grades them, and answers with facts.

Both ends of the pipe are trusted. One such process serves many submissions; what kills it costs the coordinator a
restart, never a submission.
"""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

import torch

from grader.errors import GraderError
from grader.grading.grade import grade, put_together
from grader.grading.graded import Graded, failed_facts
from grader.grading.options import Assignment, Options, load_assignment
from grader.judge.bench import Judge, with_judge
from grader.sandbox.sandbox import Sandbox
from grader.submissions.entries import Entry
from grader.submissions.intake import read_submission

Result = TypeVar("Result")
GradeEntry = Callable[[Entry], Graded]


def with_grader(assignment: Assignment, use: Callable[[GradeEntry], Result]) -> Result:
    """Open judge and sandbox, and return what `use` makes of the function that grades one entry."""
    torch.set_num_threads(1)
    if assignment.quizzes and not assignment.exercises:  # there is nothing to run, so no sandbox is needed
        return use(lambda entry: marked_entry(entry, assignment))
    names = {exercise.slug: exercise.sheet.entry_points for exercise in assignment.exercises}
    options, withheld = assignment.options, assignment.course.withheld
    processes = Sandbox(assignment.limits, isolation=options.isolation, secret=withheld, has_ipython=options.notebooks)
    with processes as sandbox:

        def with_hidden_tests(judge: Judge) -> Result:
            sandbox.wait_until_ready()
            return use(lambda entry: grade_entry(entry, names, assignment, judge, sandbox))

        return with_judge(assignment.exercises, options.secret, with_hidden_tests)


def grade_entry(
    entry: Entry, names: dict[str, tuple[str, ...]], assignment: Assignment, judge: Judge, sandbox: Sandbox
) -> Graded:
    """Grade one entry; whatever fails on our side becomes an internal verdict for it."""
    return safely(entry, assignment, lambda: grade(read_submission(entry, exercises=names), assignment, judge, sandbox))


def marked_entry(entry: Entry, assignment: Assignment) -> Graded:
    """Mark the quizzes of one entry, where nothing else is asked for."""
    return safely(entry, assignment, lambda: put_together(read_submission(entry, exercises={}), assignment, ()))


def safely(entry: Entry, assignment: Assignment, graded: Callable[[], Graded]) -> Graded:
    """Return what `graded` gives, or an internal verdict for the entry."""
    try:
        return graded()
    except Exception:  # noqa: BLE001 - the one catch-all: our failure is never a student's
        return Graded(failed_facts(entry.student, assignment), (traceback.format_exc(),))


def serve(options: Options, pipe: Connection) -> None:
    """Answer each entry on `pipe` with its `Graded`, until the other side closes; a GraderError is answered too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with pipe, suppress(OSError), reported(pipe):
        with_grader(load_assignment(options), lambda grade_one: answer_entries(pipe, grade_one))


def answer_entries(pipe: Connection, grade_one: GradeEntry) -> None:
    """Say that the judge is ready; then answer entries."""
    with suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            entry = pipe.recv()
            answer = grade_one(entry)
            pipe.send(answer)


@contextmanager
def reported(pipe: Connection) -> Iterator[None]:
    """Send a GraderError to the other side instead of printing a traceback."""
    try:
        yield
    except GraderError as problem:
        pipe.send(problem)
