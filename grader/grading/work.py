"""What coordinator and worker say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from grader.submissions.submission import Submission

READY: Final = "ready"
"""What a worker says first."""


@dataclass(frozen=True)
class Work:
    """A submission to grade."""

    submission: Submission
    too_slow: tuple[tuple[str, str], ...] = ()
    """The checks that are given up, each with its exercise."""
    only: tuple[str, ...] = ()
    """The exercises that are graded, by slug; none for all of the assignment. The others are not even collected."""
