"""Grading many submissions over any executor: threads that own a worker each, or another machine's."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

from grader.catalogue.course import course_digest
from grader.grading.graded import Graded
from grader.grading.options import Assignment, Options
from grader.grading.warm import grade_warm, keeper
from grader.submissions.submission import Submission

IN_FLIGHT = 8
"""How many submissions are handed out at once, by default: the next is there before a result has been written."""


def grade_all(
    submissions: Iterable[Submission],
    executor: Executor,
    options: Options,
    *,
    in_flight: int = IN_FLIGHT,
    only: Callable[[Submission], tuple[str, ...]] = lambda _: (),
) -> Iterator[Graded]:
    """Yield what each submission is worth, as it becomes ready.

    At most `in_flight` submissions are held at once, so memory does not grow behind a slow one. `only` names the
    exercises of a submission that are graded; none stands for all. GraderError where no judge can be had.
    """
    content = course_digest(options.root)
    waiting = iter(submissions)
    handed_out: set[Future[Graded]] = set()
    try:
        while True:
            for submission in waiting:
                handed_out.add(executor.submit(grade_warm, options, content, submission, only=only(submission)))
                if len(handed_out) >= in_flight:
                    break
            if not handed_out:
                return
            done, handed_out = wait(handed_out, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        for future in handed_out:
            future.cancel()


@contextmanager
def local_executor(options: Options, jobs: int, *, loaded: Assignment | None = None) -> Iterator[Executor]:
    """Yield threads that each own a worker; the workers end with the block, at once where it raises."""
    crew = keeper().crew(options, course_digest(options.root), jobs=jobs, loaded=loaded)
    threads = ThreadPoolExecutor(jobs)
    try:
        yield threads
    except BaseException:
        crew.stop()  # else Ctrl+C would wait for submissions that run into their limits
        raise
    finally:
        threads.shutdown(cancel_futures=True)
        keeper().end()


def cores() -> int:
    """Return how many processors this process may use, or where the system does not tell, how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
