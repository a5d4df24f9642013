"""The statements that are carried out for each student of a class, built once: building takes longer than running.

Parameters whose names end in `_` stand for rows to be found, since those of an update may not be called as its columns.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import BindParameter, Select, Table, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from grader.store.tables import CLAIMS, FACTS, LEDGER, STUDENTS, SUBMISSIONS

Insert = sqlite.Insert | postgresql.Insert

STUDENT: BindParameter[int] = bindparam("student_")

KNOWN = select(FACTS.c.part, FACTS.c.digest, FACTS.c.is_final, FACTS.c.points).where(FACTS.c.student_id == STUDENT)
FOUND = select(FACTS).where(FACTS.c.student_id == STUDENT, FACTS.c.digest.in_(bindparam("digests_", expanding=True)))
CURRENT = select(STUDENTS.c.current).where(STUDENTS.c.id == STUDENT)
SETTLE = update(STUDENTS).where(STUDENTS.c.id == STUDENT).values(current=bindparam("current"), state=bindparam("state"))
APPEND = insert(LEDGER)
CONTENT = select(SUBMISSIONS.c.content).where(SUBMISSIONS.c.id == bindparam("submission_"))
UNCLAIM = delete(CLAIMS).where(CLAIMS.c.student_id == STUDENT)
OWNER = select(CLAIMS.c.owner).where(CLAIMS.c.student_id == STUDENT)
TAKE_OVER = (
    update(CLAIMS)
    .where(CLAIMS.c.student_id == STUDENT, CLAIMS.c.owner == bindparam("other_"))
    .values(owner=bindparam("owner"), until=bindparam("until"))
)


def new_row(table: Table, *, is_sqlite: bool) -> Insert:
    """Return an insertion that can say what is done where the row is there already."""
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)


def last_judged() -> Select[tuple[str, str, float | None, bytes, str]]:
    """Return what finds the last judgement of each part in the ledger."""
    last = (
        select(func.max(LEDGER.c.id))
        .where(LEDGER.c.student_id == STUDENT, LEDGER.c.kind.not_in(("marked", "unmarked", "kept")))
        .group_by(LEDGER.c.part)
    )
    return select(LEDGER).where(LEDGER.c.id.in_(last))


LAST_JUDGED = last_judged()


@cache
def keep_facts(*, is_sqlite: bool) -> Insert:
    """Return what keeps facts, in place of those under the same key."""
    query = new_row(FACTS, is_sqlite=is_sqlite)
    changes = {name: query.excluded[name] for name in ("is_final", "points", "content")}
    return query.on_conflict_do_update(index_elements=["student_id", "part", "digest"], set_=changes)


@cache
def keep_submission(*, is_sqlite: bool) -> ReturningInsert[int]:
    """Return what keeps a submission, in place of what was read of the same one before."""
    query = new_row(SUBMISSIONS, is_sqlite=is_sqlite)
    changes = {name: query.excluded[name] for name in ("fingerprint", "seen", "details", "content")}
    query = query.on_conflict_do_update(index_elements=["student_id", "digest"], set_=changes)
    return query.returning(SUBMISSIONS.c.id)


@cache
def claim(*, is_sqlite: bool) -> ReturningInsert[int]:
    """Return what claims a student's work where nobody has it; one row comes back where it does."""
    query = new_row(CLAIMS, is_sqlite=is_sqlite)
    free = or_(CLAIMS.c.until < bindparam("now_"), CLAIMS.c.owner == query.excluded.owner)
    changes = {name: query.excluded[name] for name in ("owner", "until")}
    query = query.on_conflict_do_update(index_elements=["student_id"], set_=changes, where=free)
    return query.returning(CLAIMS.c.student_id)
