"""What is known of one student's submission once it has been read.

Owns the records that the rest of the grader sees. Knows nothing of where they came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.submissions.answer_sheet import AnswerSheet
from grader.submissions.handed_in import HandedIn
from grader.submissions.magics import as_python
from grader.submissions.own_modules import OwnModule
from grader.wording.message import Message


@dataclass(frozen=True)
class SourceFile:
    """Source text as it is sent to the student process; never imported or executed here."""

    name: str
    """What to call it, such as `weighted_grad.py`; no control characters, no folder."""
    cells: tuple[str, ...]
    """The one text of a Python file, or the code cells of a notebook in order, magics and all."""
    notebook: bool
    """Whether a cell that fails leaves the functions of the other cells usable."""
    modules: tuple[OwnModule, ...] = ()
    """The student's own files that this one can import, directly or through one another."""

    @property
    def python(self) -> tuple[str, ...]:
        """The cells as Python can read them, for who reads the source without running it."""
        return tuple(map(as_python, self.cells)) if self.notebook else self.cells


NOTHING_HANDED_IN = frozenset({"missing", "empty", "nothing_in_it", "no_answer_sheet", "nothing_came"})


def is_unread(problem: Message) -> bool:
    """Say whether a problem means that there is work which could not be read, and not that there is none."""
    section, _, name = problem.key.partition(".")
    return section == "submissions" and name not in NOTHING_HANDED_IN


@dataclass(frozen=True)
class Submission:
    """Everything read of one student.

    Each exercise is either in `files` or in `problems`; where there is a `problem`, both are empty.
    """

    student: str
    files: Mapping[str, SourceFile]
    """By slug: the file that answers the exercise."""
    problems: Mapping[str, Message]
    """By slug: why no file answers the exercise."""
    problem: Message | None
    """Why the submission as a whole could not be read, or None."""
    digest: str
    """SHA-256, in hex, of what was read."""
    sheet: AnswerSheet = field(default_factory=AnswerSheet)
    """The answers to quizzes."""
    remarks: tuple[Message, ...] = ()
    """What was skipped or passed over, for the student to know."""
    handed_in: HandedIn | None = None
    known_as: tuple[str, ...] = ()
    """Further names that the student's quiz sheet may have been made for."""
