"""The ledger: every change of what counts, with its reason. Rows are added and never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from grader.store.packed import pack, unpack
from grader.store.rows import LedgerRow, now_text
from grader.store.statements import APPEND, LAST_JUDGED
from grader.store.store import Store
from grader.store.tables import LEDGER, STUDENTS


@dataclass(frozen=True)
class Entry:
    """A change to be written."""

    part: str
    run: int
    kind: str
    digest: str
    points: float | None
    max_points: float | None
    details: Mapping[str, Any] = field(default_factory=dict)


def append(connection: Connection, student: int, entries: Sequence[Entry]) -> None:
    """Add changes of one student's marks."""
    at = now_text()
    rows = [
        {
            "student_id": student,
            "part": each.part,
            "run_id": each.run,
            "at": at,
            "kind": each.kind,
            "digest": each.digest,
            "points": each.points,
            "max_points": each.max_points,
            "details": pack(dict(each.details)),
        }
        for each in entries
    ]
    if rows:
        connection.execute(APPEND, rows)


def entries_of(store: Store, class_id: int, student: int | None = None, part: str | None = None) -> list[LedgerRow]:
    """Return the changes of a class, of one student, or of one part alone, in order."""
    query = select(LEDGER, STUDENTS.c.name).join(STUDENTS).where(STUDENTS.c.class_id == class_id)
    if student is not None:
        query = query.where(LEDGER.c.student_id == student)
    if part is not None:
        query = query.where(LEDGER.c.part == part)
    with store.begin() as connection:
        rows = connection.execute(query.order_by(LEDGER.c.id)).all()
    return [entry_in(row, row.name) for row in rows]


def entries_touched(store: Store, class_id: int, run: int) -> list[LedgerRow]:
    """Return, of what a run changed, all changes up to that run; so it need not be the ledger of a whole class."""
    again = LEDGER.alias()
    touched = (
        select(again.c.id)
        .where(again.c.run_id == run, again.c.student_id == LEDGER.c.student_id, again.c.part == LEDGER.c.part)
        .exists()
    )
    same = (STUDENTS.c.class_id == class_id, LEDGER.c.run_id <= run, touched)
    query = select(LEDGER, STUDENTS.c.name).join(STUDENTS).where(*same).order_by(LEDGER.c.id)
    with store.begin() as connection:
        rows = connection.execute(query).all()
    return [entry_in(row, row.name) for row in rows]


def last_judged(store: Store, student: int, name: str) -> dict[str, LedgerRow]:
    """Return the last judgement of each part of a student."""
    with store.begin() as connection:
        rows = connection.execute(LAST_JUDGED, {"student_": student}).all()
    return {row.part: entry_in(row, name) for row in rows}


def entry_in(row: Row[tuple[object, ...]], student: str) -> LedgerRow:
    """Return a row of the table as what it means."""
    return LedgerRow(
        student, row.part, row.run_id, row.at, row.kind, row.digest, row.points, row.max_points, unpack(row.details)
    )
