"""How a check can end other than by passing.

`CheckFailed` and `StudentRaised` are ordinary exceptions, so that Hypothesis shrinks them; `StudentStopped` and
`EnoughShrinking` are not, so that a hang is never repeated to make it smaller.
"""

from __future__ import annotations

from grader.comparison.evidence import Aspect
from grader.protocol.messages import Raised
from grader.wording.message import Message


class CheckFailed(Exception):  # noqa: N818 - a finding about the student's code
    """The student's result is not what the check asks for."""

    def __init__(self, finding: Message, aspect: Aspect) -> None:
        super().__init__(finding.key)
        self.finding = finding
        self.aspect = aspect


class StudentRaised(Exception):  # noqa: N818 - a finding about the student's code
    """The student's code raised an exception; one that no input avoids is not `shrinkable`."""

    def __init__(self, raised: Raised, finding: Message, *, shrinkable: bool = True) -> None:
        super().__init__(raised.type)
        self.raised = raised
        self.finding = finding
        self.shrinkable = shrinkable


class SubmissionUnusable(BaseException):
    """The submission can't be loaded or lacks the function; every check ends alike."""

    def __init__(self, finding: Message, raised: Raised | None = None) -> None:
        super().__init__(finding.key)
        self.finding = finding
        self.raised = raised


class RuleBroken(BaseException):
    """The submission uses what the exercise forbids, or lacks what it requires."""

    def __init__(self, finding: Message) -> None:
        super().__init__(finding.key)
        self.finding = finding


class StudentStopped(BaseException):
    """The student process hit a limit (`limit` names it) or crashed (`limit` is None)."""

    def __init__(self, limit: str | None, finding: Message) -> None:
        super().__init__(finding.key)
        self.limit = limit
        self.finding = finding


class EnoughShrinking(BaseException):
    """The attempts that may be spent on a smaller counterexample are spent."""
