"""A submission as plain data, as the store keeps it, and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from grader.submissions.answer_sheet import AnswerSheet, GivenAnswer
from grader.submissions.handed_in import HandedIn, Layout
from grader.submissions.own_modules import OwnModule
from grader.submissions.submission import SourceFile, Submission
from grader.wording.message import Message, decode_message, encode_message

Data = dict[str, Any]


def encode_submission(submission: Submission) -> Data:
    """Return a submission as JSON can hold it."""
    return {
        "student": submission.student,
        "files": {slug: encode_source(source) for slug, source in submission.files.items()},
        "problems": {slug: encode_message(problem) for slug, problem in submission.problems.items()},
        "problem": encode_optional(submission.problem),
        "digest": submission.digest,
        "sheet": encode_sheet(submission.sheet),
        "remarks": [encode_message(each) for each in submission.remarks],
        "handed_in": encode_handed_in(submission.handed_in) if submission.handed_in else None,
        "known_as": list(submission.known_as),
    }


def decode_submission(data: Data) -> Submission:
    """Return the submission that `encode_submission` was given."""
    return Submission(
        student=data["student"],
        files={slug: decode_source(source) for slug, source in data["files"].items()},
        problems={slug: decode_message(problem) for slug, problem in data["problems"].items()},
        problem=decode_optional(data["problem"]),
        digest=data["digest"],
        sheet=decode_sheet(data["sheet"]),
        remarks=tuple(decode_message(each) for each in data["remarks"]),
        handed_in=decode_handed_in(data["handed_in"]) if data["handed_in"] else None,
        known_as=tuple(data["known_as"]),
    )


def encode_optional(said: Message | None) -> Data | None:
    """Return a message, or None, as JSON can hold it."""
    return encode_message(said) if said else None


def decode_optional(data: Data | None) -> Message | None:
    """Return the message, or None, that was encoded."""
    return decode_message(data) if data else None


def encode_source(source: SourceFile) -> Data:
    """Return a source as JSON can hold it."""
    modules = [[each.name, each.file, each.text] for each in source.modules]
    return {"name": source.name, "cells": list(source.cells), "notebook": source.notebook, "modules": modules}


def decode_source(data: Data) -> SourceFile:
    """Return the source that was encoded."""
    modules = tuple(OwnModule(*each) for each in data["modules"])
    return SourceFile(data["name"], tuple(data["cells"]), data["notebook"], modules)


def encode_sheet(sheet: AnswerSheet) -> Data:
    """Return the answers to quizzes as JSON can hold them."""
    given = {
        question: [[each.attempt, encode_raw(each.raw), each.place] for each in answers]
        for question, answers in sheet.given.items()
    }
    return {"marks": list(sheet.marks), "given": given, "problem": encode_optional(sheet.problem)}


def decode_sheet(data: Data) -> AnswerSheet:
    """Return the answers that were encoded."""
    given = {
        question: tuple(GivenAnswer(attempt, decode_raw(raw), place) for attempt, raw, place in answers)
        for question, answers in data["given"].items()
    }
    return AnswerSheet(tuple(data["marks"]), given, decode_optional(data["problem"]))


def encode_raw(value: Any) -> Any:
    """Return what a student typed as JSON can hold it; a mapping's keys keep their types in a list of pairs."""
    if isinstance(value, dict):
        return {"pairs": [[encode_raw(key), encode_raw(each)] for key, each in value.items()]}
    if isinstance(value, list | tuple):
        return [encode_raw(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def decode_raw(value: Any) -> Any:
    """Return what was typed."""
    if isinstance(value, dict):
        return {decode_raw(key): decode_raw(each) for key, each in value["pairs"]}
    return [decode_raw(each) for each in value] if isinstance(value, list) else value


def encode_handed_in(told: HandedIn) -> Data:
    """Return what was told beside the content as JSON can hold it."""
    moments = {"at": told.at, "file_time": told.file_time}
    return {
        "name": told.name,
        "layout": told.layout.value,
        "id": told.id,
        "email": told.email,
        "submission": told.submission,
        "is_late": told.is_late,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }


def decode_handed_in(data: Data) -> HandedIn:
    """Return what was told."""
    moments = {name: datetime.fromisoformat(data[name]) if data[name] else None for name in ("at", "file_time")}
    return HandedIn(**{**data, "layout": Layout(data["layout"]), **moments})
