"""A learner's own answer sheet: read, or empty where there is none yet. Needs no torch."""

from __future__ import annotations

from pathlib import Path

from grader.errors import UserError
from grader.submissions.answer_sheet import AnswerSheet, parsed
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.refusal import RefusedError
from grader.submissions.tally import Item
from grader.wording.message import Message, message


def read_own_sheet(path: Path) -> AnswerSheet:
    """Return the sheet at `path`, empty where there is none; UserError names what to mend in it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return AnswerSheet()
    except OSError as problem:
        said = message("quiz.sheet_unread", path=path, problem=problem.strerror)
        raise UserError.saying(said) from None
    try:
        return parsed(Item(path.name, content), DEFAULT_LIMITS)
    except RefusedError as refusal:
        raise UserError.saying(in_own_words(refusal.message, path)) from None


def in_own_words(refusal: Message, path: Path) -> Message:
    """Return why a sheet can't be read, for a learner who hands nothing in; the file is named with its folder."""
    places = {key: str(path.with_name(each)) for key, each in refusal.params.items() if key in {"name", "place"}}
    key = "quiz.sheet_broken" if refusal.key == "submissions.broken_sheet" else refusal.key
    return Message(key, {**refusal.params, **places})
