"""The workers of a cluster as an executor, for `grade_all`.

Owns what becomes of a submission whose worker is lost: dask hands it to another one. After as many losses as the
scheduler allows (`distributed.scheduler.allowed-failures`, 3 by default) it gets an internal verdict, for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from distributed import Client, KilledWorker

from grader.catalogue.course import course_digest
from grader.cluster.archive import digest_of, packed
from grader.cluster.course_plugin import CoursePlugin, grade_there
from grader.cluster.versions import check_versions, versions_here
from grader.errors import UserError
from grader.grading.graded import Graded, failed_facts
from grader.grading.options import Assignment
from grader.grading.warm import grade_warm
from grader.submissions.submission import Submission

SECONDS_TO_CONNECT = 20


@dataclass
class ClusterExecutor(Executor):
    """Hands submissions to the workers of a cluster that have the course."""

    client: Client
    assignment: Assignment
    name: str
    """Of the plugin that holds the course there."""
    _inner: Executor = field(init=False)

    def __post_init__(self) -> None:
        """Take dask's own executor; each submission is a task of its own, though two may hold the same work."""
        self._inner = self.client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand out one submission, as `grade_all` does."""
        assert fn is grade_warm
        submission: Submission = args[2]
        future: Future[Graded] = Future()

        def told(inner: Future[Graded]) -> None:
            if future.set_running_or_notify_cancel():
                self._tell(future, inner, submission)

        handed_out = self._inner.submit(grade_there, self.name, submission, kwargs.get("only", ()))
        handed_out.add_done_callback(told)
        return future

    def _tell(self, future: Future[Graded], inner: Future[Graded], submission: Submission) -> None:
        """Give a result on; a submission that cost several workers their lives is for a person."""
        problem = inner.exception() if not inner.cancelled() else UserError("the scheduler is gone; grade again")
        if isinstance(problem, KilledWorker):
            traces = (f"workers of the cluster were lost with this submission: {problem}\n",)
            future.set_result(Graded(failed_facts(submission.student, self.assignment), traces))
        elif problem is not None:
            future.set_exception(problem)
        else:
            future.set_result(inner.result())


@contextmanager
def cluster_executor(assignment: Assignment, address: str) -> Iterator[tuple[Executor, int]]:
    """Yield the workers of a cluster, and how many submissions they grade at once; the course leaves them at the end.

    UserError where there is no scheduler, no worker, or one that runs other versions.
    """
    options, archive = assignment.options, packed(assignment.options.root)
    plugin = CoursePlugin(archive, digest_of(archive), course_digest(options.root), options, versions_here())
    with connected(address) as client:
        try:
            client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
        except TimeoutError as problem:
            raise UserError(
                f"the scheduler {address} has no workers; start some with: dask worker {address}"
            ) from problem
        threads = client.nthreads()
        for worker, found in client.run(versions_here, on_error="return").items():
            if isinstance(found, Exception):
                raise UserError(f"the worker {worker} can't run the grader ({found}); install the same one there")
            check_versions(plugin.versions, found, worker)
        client.register_plugin(plugin, name=plugin.name)
        try:
            yield ClusterExecutor(client, assignment, plugin.name), sum(threads.values())
        finally:
            client.unregister_worker_plugin(plugin.name)


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Yield a client of a scheduler; UserError where there is none."""
    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except OSError as problem:
        raise UserError(f"there is no scheduler at {address}; start one with: dask scheduler") from problem
    with client:
        yield client
