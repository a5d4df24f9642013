"""Reports as JSON files: `report.json` of one student, `grades.json` of a class.

Owns their encoding: strict JSON (no NaN, no lone surrogate), readable in any language, with deceptive
characters escaped so that printing the file can't steer a terminal. Knows nothing of what the fields mean.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from grader.atomic import replacing
from grader.errors import InternalError, UserError
from grader.field_errors import plain_error
from grader.reports import plaintext
from grader.reports.spool import Spool
from grader.results.report import REPORT_VERSION, Report, decode_report


def report_json(report: Report, *, indent: int | None = 2) -> str:
    """Return `report` as strict JSON; InternalError where a number is not finite."""
    try:
        plain = encoded(report.model_dump(mode="json"))
        return plain if indent is None else indented(report, indent)
    except ValueError as error:
        raise InternalError(
            f"The report of {plaintext.line(report.student)!r} holds a number that is not finite; "
            "mark the submission by hand and report the fault."
        ) from error


def indented(report: Report, indent: int) -> str:
    """Return `report`, whose numbers are finite, as indented JSON; pydantic's is ten times as fast as Python's own."""
    try:
        return plaintext.DECEPTIVE.sub(escaped, report.model_dump_json(indent=indent))
    except PydanticSerializationError:  # a lone surrogate
        return encoded(report.model_dump(mode="json"), indent=indent)


def encoded(value: object, *, indent: int | None = None) -> str:
    """Return `value` as JSON text that UTF-8 can hold; ValueError for NaN and infinities."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return plaintext.DECEPTIVE.sub(escaped, text)


def escaped(match: re.Match[str]) -> str:
    """Return a character's JSON escape, or the spelling of a lone surrogate, which JSON can't carry."""
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return f"\\\\u{ord(character):04x}"
    return json.dumps(character)[1:-1]


def write_report(report: Report, path: Path) -> None:
    """Write `report` to `path`, whole or not at all; UserError where the disk refuses."""
    text = report_json(report)
    with replacing(path) as file:
        file.write(f"{text}\n")


def read_report(path: Path) -> Report:
    """Return the report that `write_report` wrote to `path`, now or in version 1; UserError for anything else."""
    try:
        return decode_report(path.read_bytes())
    except OSError as problem:
        raise UserError(f"{path} can't be read: {problem.strerror}; mend it and run again") from problem
    except ValueError as problem:
        raise UserError(f"{path} is no report ({reason(problem)}); grade that submission again") from problem


def reason(problem: ValueError) -> str:
    """Return what is wrong with a record, or with its JSON, in one line."""
    if not isinstance(problem, ValidationError):
        return plaintext.line(str(problem))
    return plaintext.line(plain_error(problem)[1].partition(";")[0])


class GradesJson:
    """Writes the `grades.json` of a class report by report, holding one at a time in memory.

    The file takes its name when the `with` block ends well; after an exception an older file stays as it was.
    """

    def __init__(self, path: Path, course: str) -> None:
        """Prepare `path` for a class of `course`; UserError where its folder can't be written."""
        self.path = path
        self.course = course
        self.spool = Spool(path)

    def add(self, report: Report) -> None:
        """Append the report of one more student."""
        self.spool.append(report.student, report_json(report, indent=None))

    def finish(self) -> None:
        """Give the file its name."""
        with replacing(self.path) as file:
            file.write(f'{{"version": {REPORT_VERSION}, "course": {encoded(self.course)}, "students": [')
            for number, text in enumerate(self.spool.in_order()):
                file.write(f"{',' if number else ''}\n{text}")
            file.write("\n]}\n")

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the file, or drop it where the block raised."""
        try:
            if kind is None:
                self.finish()
        finally:
            self.spool.close()
