"""What coordinator and worker say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from grader.submissions.submission import Submission

READY: Final = "ready"
"""What a worker says first."""


@dataclass(frozen=True)
class Work:
    """A submission to grade; the checks `too_slow`, each with its exercise, are given up."""

    submission: Submission
    too_slow: tuple[tuple[str, str], ...] = ()
