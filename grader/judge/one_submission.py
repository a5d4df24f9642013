"""One submission for plain pytest: `pytest tests/hidden --submission PATH`.

Finds the course around the working folder, reads the submission, and gives each check its student. The probes are those
of self-study, so that a run can be repeated anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from grader.catalogue.course import Course, find_course, load_course
from grader.errors import ContentError, UserError
from grader.judge.check import Basis, new_student
from grader.judge.findings import RuleBroken, StudentStopped, SubmissionUnusable
from grader.judge.hosts import Hosts
from grader.judge.memory import Memory
from grader.judge.open import open_sandbox
from grader.judge.program import program_of
from grader.judge.run import Run
from grader.judge.student import Student
from grader.judge.wanted import wanted_of
from grader.sandbox.sandbox import Sandbox
from grader.submissions.entries import lone_entry
from grader.submissions.intake import read_submission
from grader.submissions.submission import Submission

SECRET = b"self-study"


@contextmanager
def open_submission(path: Path) -> Iterator[Callable[[str, str], Student | UnusableStudent]]:
    """Yield what gives the student of an exercise's check; its processes end afterwards."""
    course = load_course(find_course(Path.cwd()))
    submission = read_submission(lone_entry(path), wanted_of(course, course.exercises))
    with open_sandbox(course) as sandbox:
        yield OneSubmission(course, submission, sandbox).student


class OneSubmission:
    """The runs of a submission, one for each exercise, begun when its first check asks."""

    def __init__(self, course: Course, submission: Submission, sandbox: Sandbox) -> None:
        self._course = course
        self._submission = submission
        self._sandbox = sandbox
        self._runs: dict[str, Run] = {}

    def student(self, slug: str, check: str) -> Student | UnusableStudent:
        """Return the student of one check; UserError when the submission has no file for its exercise."""
        if slug not in self._runs:
            self._runs[slug] = self._new_run(slug)
        try:
            basis = Basis(Memory(), self._course.config.all_tolerances, SECRET)
            return new_student(self._runs[slug], slug, check, basis)
        except (SubmissionUnusable, StudentStopped, RuleBroken) as problem:
            return UnusableStudent(problem)

    def _new_run(self, slug: str) -> Run:
        exercise = next((each for each in self._course.exercises if each.slug == slug), None)
        if exercise is None:
            raise ContentError(f"{slug} is no exercise of this course; add it", path=self._course.root / "config.yaml")
        source = self._submission.files.get(slug)
        if source is None:
            problem = self._submission.problem or self._submission.problems.get(slug)
            raise UserError(problem.text("en") if problem else f"the submission has no {slug}.py")
        return Run(program_of(exercise, source, self._course.config.importable), Hosts(self._sandbox))


@dataclass(frozen=True)
class UnusableStudent:
    """A submission that can't be called: each call raises why, so that a check fails instead of its fixture."""

    problem: BaseException

    def call(self, *_arguments: Any, **_named: Any) -> NoReturn:
        """Raise why nothing can be called."""
        raise self.problem

    call_twice = observe = call

    @property
    def probe_seed(self) -> NoReturn:
        """Raise why nothing can be called."""
        raise self.problem
