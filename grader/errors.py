"""The errors that Autograd Grader raises on purpose, sorted by whose fault they are.

GraderError
├── UserError             the person at the keyboard: a wrong path, option or slug; exit code 2
│   └── SubmissionError   a student's file: missing, unreadable, too large, hostile; that student's verdict
├── ContentError          an author: a broken config.yaml, exercise.yaml, hidden test or solution
└── InternalError         the grader itself: never a student's fault, the submission waits for a human
    └── IsolationError    this machine can't keep a promise of isolation; grading refuses to start

Every message says what happened, where, and what to do next, in one sentence.
This module imports nothing of the package.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path


class GraderError(Exception):
    """Any error that Autograd Grader raises on purpose."""


class UserError(GraderError):
    """The command can't be carried out as it was given."""


class SubmissionError(UserError):
    """A submission can't be read; costs its own student alone."""


class ContentError(GraderError):
    """The course's content breaks a rule; carries the file and line to mend."""

    def __init__(self, problem: str, *, path: Path, line: int | None = None) -> None:
        self.problem = problem
        self.path = path
        self.line = line
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {problem}")

    def __reduce__(self) -> tuple[partial[ContentError], tuple[str]]:
        """Pickle with all that it carries, to cross from a judge's process."""
        return partial(ContentError, path=self.path, line=self.line), (self.problem,)


class InternalError(GraderError):
    """The grader failed; no student loses a point by it."""


class IsolationError(InternalError):
    """A promised layer of isolation can't be had on this machine."""
