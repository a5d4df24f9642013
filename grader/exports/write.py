"""Marks written as a table, and read back before the file takes its name.

Owns that a row joins with its student by id, and that what stands in the file is what was meant.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from grader.atomic import beside
from grader.errors import InternalError
from grader.exports.systems import Line, Scale, Sheet, System, lines
from grader.roster.forms import is_known
from grader.roster.read import read_roster
from grader.spreadsheet import BYTE_ORDER_MARK, read_table, safe_cell

Marks = Mapping[str, Mapping[str, Decimal | None]]
"""By the student's id and by the column's heading."""


def write_marks(path: Path, system: System, sheet: Sheet, scale: Scale) -> None:
    """Write the table of a system; UserError where the roster or the disk does not do."""
    table = list(lines(system, sheet, scale))
    with beside(path) as temporary:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("x", encoding="utf-8", newline="") as file:
            file.write(BYTE_ORDER_MARK if system is System.CSV else "")
            csv.writer(file).writerows([safe_cell(cell) for cell in line] for line in table)
        check_reads_back(temporary, table)


def check_reads_back(path: Path, table: Sequence[Line]) -> None:
    """Raise InternalError where a table that was just written does not come back cell by cell."""
    header, *rows = table
    found = read_table(path, is_known)
    wanted = [dict(zip(header, map(str.strip, row), strict=True)) for row in rows]
    if list(found.header) != [cell.strip() for cell in header] or [dict(row.cells) for row in found.rows] != wanted:
        raise InternalError("the table of marks did not come back as it was written; report the fault")


def read_marks(path: Path, headings: Iterable[str]) -> Marks:
    """Return the marks in a table that `write_marks` or a course system wrote, by the students' ids."""
    wanted = tuple(headings)
    return {
        member.id: {heading: number(member.cells[heading]) for heading in wanted}
        for member in read_roster(path).members
    }


def number(cell: str) -> Decimal | None:
    """Return the number in a cell, or None for an open mark."""
    try:
        return Decimal(cell) if cell else None
    except InvalidOperation:
        return None
