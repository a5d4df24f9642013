"""Free-text answers as a table for a spreadsheet, and the marks that come back in it."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.atomic import replacing
from grader.grading.free_text import WaitingAnswer
from grader.reports.plaintext import visible
from grader.spreadsheet import BYTE_ORDER_MARK, Row, Table, plain_cell, read_table, safe_cell

COLUMNS = ("student", "part", "question", "good answer", "answer", "of", "points", "comment")
NEEDED = ("student", "part", "points")


@dataclass(frozen=True)
class GivenMark:
    """A mark of one answer."""

    answer: WaitingAnswer
    points: float
    comment: str = ""


def write_answers(path: Path, answers: Sequence[WaitingAnswer]) -> None:
    """Write answers with two empty columns, for points and comments; no cell is ever run as a formula."""
    with replacing(path) as file:
        file.write(BYTE_ORDER_MARK)
        csv.writer(file).writerows([COLUMNS, *map(cells, answers)])


def cells(answer: WaitingAnswer) -> list[str]:
    """Return the cells of one answer."""
    texts = (answer.row.name, answer.part, answer.question, answer.model, answer.given)
    return [*(safe_cell(visible(each)) for each in texts), f"{answer.max_points:g}", "", ""]


def read_marks(path: Path, answers: Sequence[WaitingAnswer]) -> list[GivenMark]:
    """Return the marks in a table, none for empty points; UserError, with the line, for a row that can't be meant."""
    table = read_table(path, COLUMNS.__contains__)
    if missing := [name for name in NEEDED if name not in table.header]:
        raise table.fault(f"there is no column `{missing[0]}`; `grader todo --csv` writes the table to fill in")
    waiting = {(visible(each.row.name), each.part): each for each in answers}
    filled = [row for row in table.rows if row.cells["points"].strip()]
    found = [mark_in(table, row, waiting) for row in filled]
    seen: dict[str, int] = {}
    for row, mark in zip(filled, found, strict=True):
        first = seen.setdefault(f"{mark.answer.row.id} {mark.answer.part}", row.line)
        if first != row.line:
            raise table.fault(f"this answer has a mark in line {first} already; keep one of them", row.line)
    return found


def mark_in(table: Table, row: Row, waiting: Mapping[tuple[str, str], WaitingAnswer]) -> GivenMark:
    """Return the mark in one row."""
    student, part = plain_cell(row.cells["student"]), plain_cell(row.cells["part"])
    answer = waiting.get((student, part))
    if answer is None:
        raise table.fault(
            f"no answer of {visible(student)!r} to {visible(part)!r} waits; empty its `points`, or change a mark with "
            "`grader mark`",
            row.line,
        )
    points = points_in(row.cells["points"])
    if points is None or not 0 <= points <= answer.max_points:
        raise table.fault(
            f"`points` is {visible(row.cells['points'])!r}; give a number from 0 to {answer.max_points:g}", row.line
        )
    return GivenMark(answer, points, plain_cell(row.cells.get("comment", "")))


def points_in(text: str) -> float | None:
    """Return the number that was written, with a point or a comma; None for anything else."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
