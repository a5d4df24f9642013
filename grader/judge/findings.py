"""How a check can end other than by passing.

`CheckFailed` and `StudentRaised` are ordinary exceptions, so that Hypothesis shrinks them; `StudentStopped` and
`EnoughShrinking` are not, so that a hang is never repeated to make it smaller.
"""

from __future__ import annotations

from enum import StrEnum

from grader.protocol.messages import Raised
from grader.wording.message import Message


class Aspect(StrEnum):
    """The side of an observation that a check looked at, and that a diagnosis compares."""

    VALUE = "value"
    ARGUMENTS = "arguments"
    GRAPH = "graph"
    STORAGE = "storage"


class CheckFailed(Exception):  # noqa: N818 - a finding about the student's code
    """The student's result is not what the check asks for."""

    def __init__(self, finding: Message, aspect: Aspect) -> None:
        super().__init__(finding.key)
        self.finding = finding
        self.aspect = aspect


class StudentRaised(Exception):  # noqa: N818 - a finding about the student's code
    """The student's code raised an exception."""

    def __init__(self, raised: Raised, finding: Message) -> None:
        super().__init__(raised.type)
        self.raised = raised
        self.finding = finding


class SubmissionUnusable(BaseException):  # noqa: N818 - the same for every check, so never shrunk
    """The submission can't be loaded or lacks the function; every check ends alike."""

    def __init__(self, finding: Message, raised: Raised | None = None) -> None:
        super().__init__(finding.key)
        self.finding = finding
        self.raised = raised


class StudentStopped(BaseException):  # noqa: N818 - a finding about the student's code
    """The student process hit a limit (`limit` names it) or crashed (`limit` is None)."""

    def __init__(self, limit: str | None, finding: Message) -> None:
        super().__init__(finding.key)
        self.limit = limit
        self.finding = finding


class EnoughShrinking(BaseException):  # noqa: N818 - ends Hypothesis's search for a smaller example
    """The calls that may be spent on a smaller counterexample are spent."""
