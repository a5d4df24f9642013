"""The errors that Autograd Grader raises on purpose, sorted by whose fault they are.

GraderError
├── UserError             the person at the keyboard: a wrong path, option or slug; exit code 2
│   ├── DiskError         a file that can't be written
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
from typing import Protocol, Self


class Sayable(Protocol):
    """A sentence that can be said in each language of the course."""

    def text(self, language: str) -> str:
        """Return the sentence in a language."""


class GraderError(Exception):
    """Any error that Autograd Grader raises on purpose."""

    said: Sayable | None = None
    """What it says in each language, where a learner may meet it; its own text is English."""

    @classmethod
    def saying(cls, said: Sayable) -> Self:
        """Return an error that can be told in each language."""
        problem = cls(said.text("en"))
        problem.said = said
        return problem


class UserError(GraderError):
    """The command can't be carried out as it was given."""


class DiskError(UserError):
    """A file can't be written; carries its path and the system's number of the reason."""

    def __init__(self, text: str, *, path: Path, number: int) -> None:
        super().__init__(text)
        self.path = path
        self.number = number

    def __reduce__(self) -> tuple[partial[DiskError], tuple[str]]:
        """Pickle with all that it carries."""
        return partial(DiskError, path=self.path, number=self.number), (str(self),)


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
