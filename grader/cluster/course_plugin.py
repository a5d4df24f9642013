"""What a worker of the cluster keeps while a class is graded: the course in a folder of its own, and the secret.

Sent once to each worker, those that come later included, and taken away at the end.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from distributed import Worker, WorkerPlugin, get_worker

from grader.cluster.archive import unpack
from grader.cluster.versions import check_versions, versions_here
from grader.errors import InternalError
from grader.grading.graded import Graded
from grader.grading.options import Options
from grader.grading.warm import grade_warm, keeper
from grader.submissions.submission import Submission


@dataclass
class CoursePlugin(WorkerPlugin):
    """A course on a worker."""

    archive: bytes = field(repr=False)
    digest: str
    """Of the archive."""
    content: str
    """The digest by which a warm judge is told from one of an older course."""
    options: Options = field(repr=False)
    """As on the coordinator; the place of the course and the secret are no business of a log."""
    versions: Mapping[str, str]
    name: str = ""
    folder: Path | None = None

    def __post_init__(self) -> None:
        """Take the name by which tasks find the plugin."""
        self.name = f"course-{self.digest[:16]}"

    def setup(self, worker: Worker) -> None:
        """Unpack the course; UserError for a worker that runs something else than the coordinator."""
        check_versions(self.versions, versions_here(), worker.address)
        self.folder = Path(tempfile.mkdtemp(prefix="course-"))
        unpack(self.archive, self.digest, self.folder)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - dask's own signature
        """End the judges and delete the course."""
        keeper().end()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def grade(self, submission: Submission, only: tuple[str, ...]) -> Graded:
        """Return what a submission is worth, from a judge that this worker keeps warm."""
        if self.folder is None:
            raise InternalError("the course has not arrived on this worker")
        return grade_warm(replace(self.options, root=self.folder), self.content, submission, only=only)


def grade_there(name: str, submission: Submission, only: tuple[str, ...]) -> Graded:
    """Return what a submission is worth; run on a worker that has the course of this plugin name."""
    plugin = get_worker().plugins.get(name)
    if not isinstance(plugin, CoursePlugin):
        raise InternalError(f"the worker {get_worker().address} has not got the course")
    return plugin.grade(submission, only)
