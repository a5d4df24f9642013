"""Which submissions the roster of a class leaves open, as `roster.csv` in the folder of feedback tells it."""

from __future__ import annotations

from pathlib import Path

from grader.reports.overview.record import HandNeeded, Reason
from grader.spreadsheet import plain_cell, read_table

COLUMNS = ("submission", "id", "name", "how")
HOW = {"could be several": Reason.AMBIGUOUS, "unknown": Reason.UNMATCHED}


def unsettled(path: Path) -> tuple[HandNeeded, ...]:
    """Return the submissions whose student a person has to name; none where there is no such file."""
    if not path.is_file():
        return ()
    rows = [row.cells for row in read_table(path, COLUMNS.__contains__).rows]
    return tuple(
        HandNeeded(student=plain_cell(row["submission"]), reason=HOW[row["how"]], detail=plain_cell(row["name"]))
        for row in rows
        if row.get("how") in HOW
    )
