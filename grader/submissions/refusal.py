"""Why something handed in is not read.

Owns the exceptions that carry a refusal inside the intake; `read_submission` turns them into records.
"""

from __future__ import annotations

from typing import Any

from grader.errors import SubmissionError
from grader.wording.message import Message, message


class RefusedError(SubmissionError):
    """A file or a whole submission that is not read; `message` tells the student why."""

    def __init__(self, reason: Message) -> None:
        """Refuse for `reason`."""
        self.message = reason
        super().__init__(reason.text("en"))
        self.said = reason


class ExhaustedError(RefusedError):
    """The submission as a whole is hostile or past a limit: it is not read."""


class FullError(RefusedError):
    """Enough of the submission has been read; what was read so far counts, and no further file is read."""


def reason(key: str, /, **params: Any) -> Message:
    """Return the sentence `key` of the section `submissions`."""
    return message(f"submissions.{key}", **params)


def refused(key: str, /, **params: Any) -> RefusedError:
    """Return the refusal worded as `key` of the section `submissions`."""
    return RefusedError(reason(key, **params))
