"""One class in a store: its students, their submissions and the facts about them.

Owns that facts, what counts and the ledger change in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, insert, select, update

from grader.store import statements
from grader.store.ledger import Entry, append
from grader.store.packed import pack, unpack
from grader.store.rows import Current, Enrolled, FactsRow, Known, Mark, RunRow, StudentRow, now_text
from grader.store.store import Store
from grader.store.submissions import Submissions
from grader.store.tables import FACTS, MARKS, RUNS, STUDENTS

Digests = Mapping[str, str]
"""The digest of some facts, by part."""


@dataclass(frozen=True)
class ClassBook:
    """A class of a store."""

    store: Store
    id: int
    name: str

    @property
    def submissions(self) -> Submissions:
        """Return what the students handed in."""
        return Submissions(self.store, self.id)

    @classmethod
    def of(cls, store: Store, name: str) -> ClassBook:
        """Return a class of a store, new where there is none of that name."""
        return cls(store, store.class_id(name), name)

    def begin_run(self, command: str, course: str) -> int:
        """Note that a command begins with a version of the course; return the run's number."""
        values = {"class_id": self.id, "command": command, "course": course, "began": now_text()}
        with self.store.begin() as connection:
            return int(connection.execute(insert(RUNS).values(values).returning(RUNS.c.id)).scalar_one())

    def end_run(self, run: int) -> None:
        """Note that a run has come to its end."""
        with self.store.begin() as connection:
            connection.execute(update(RUNS).where(RUNS.c.id == run).values(ended=now_text()))

    def runs(self) -> list[RunRow]:
        """Return every run, the first one first."""
        with self.store.begin() as connection:
            rows = connection.execute(select(RUNS).where(RUNS.c.class_id == self.id).order_by(RUNS.c.id))
            return [RunRow(row.id, row.command, row.course, row.began, row.ended) for row in rows]

    def students(self) -> dict[str, StudentRow]:
        """Return the students by name."""
        columns = [column for column in STUDENTS.c if column.name != "current"]
        with self.store.begin() as connection:
            rows = connection.execute(select(*columns).where(STUDENTS.c.class_id == self.id))
            return {row.name: student_row(row) for row in rows}

    def student(self, name: str) -> StudentRow | None:
        """Return one student, or None."""
        columns = [column for column in STUDENTS.c if column.name != "current"]
        query = select(*columns).where(STUDENTS.c.class_id == self.id, STUDENTS.c.name == name)
        with self.store.begin() as connection:
            row = connection.execute(query).first()
        return student_row(row) if row else None

    def add_students(self, new: Mapping[str, Enrolled]) -> None:
        """Add students to the class; who is there already stays as they are."""
        nothing = pack(Current().data())
        values = [
            {
                "class_id": self.id,
                "name": name,
                "enrolment": pack(enrolled.data()),
                "is_here": True,
                "state": "",
                "current": nothing,
            }
            for name, enrolled in new.items()
        ]
        with self.store.begin() as connection:
            if values:
                query = statements.new_row(STUDENTS, is_sqlite=self.store.is_sqlite).on_conflict_do_nothing()
                connection.execute(query, values)

    def update_student(self, student: int, enrolled: Enrolled, *, is_here: bool) -> None:
        """Keep what the roster and the folder now say of a student."""
        values = {"enrolment": pack(enrolled.data()), "is_here": is_here}
        with self.store.begin() as connection:
            connection.execute(update(STUDENTS).where(STUDENTS.c.id == student).values(values))

    def rename(self, student: int, name: str) -> None:
        """Give a student another name."""
        with self.store.begin() as connection:
            connection.execute(update(STUDENTS).where(STUDENTS.c.id == student).values(name=name, state=""))

    def set_gone(self, students: Iterable[int]) -> None:
        """Note students whose work is no longer in the folder."""
        with self.store.begin() as connection:
            for student in students:
                connection.execute(update(STUDENTS).where(STUDENTS.c.id == student).values(is_here=False))

    def forget(self, student: int) -> None:
        """Delete all that is kept of a student."""
        with self.store.begin(durable=True) as connection:
            connection.execute(delete(STUDENTS).where(STUDENTS.c.id == student))
        if self.store.is_sqlite:
            with self.store.engine.connect() as connection:
                raw = connection.connection.driver_connection
                assert raw is not None
                connection.rollback()
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else the journal still holds it

    def known(self, student: int) -> dict[tuple[str, str], Known]:
        """Return what facts there are of a student, by part and digest."""
        with self.store.begin() as connection:
            rows = connection.execute(statements.KNOWN, {"student_": student})
            return {(row.part, row.digest): Known(bool(row.is_final), row.points) for row in rows}

    def keep_facts(self, student: int, found: Sequence[FactsRow], *, final: Mapping[str, bool]) -> None:
        """Keep facts, and give the claim on the student's work back."""
        values = [
            {
                "student_id": student,
                "part": each.part,
                "digest": each.digest,
                "is_final": final[each.part],
                "points": each.points,
                "content": pack(each.content),
            }
            for each in found
        ]
        with self.store.begin(durable=True) as connection:
            if values:
                connection.execute(statements.keep_facts(is_sqlite=self.store.is_sqlite), values)
            connection.execute(statements.UNCLAIM, {"student_": student})

    def facts(self, student: int, wanted: Digests) -> dict[str, FactsRow]:
        """Return facts by part, as far as they are there; of those that were not lowered, the earlier ones."""
        with self.store.begin() as connection:
            return facts_in(connection, student, wanted)

    def current(self, student: int) -> Current:
        """Return what of a student counts."""
        with self.store.begin() as connection:
            content = connection.execute(statements.CURRENT, {"student_": student}).scalar_one()
        return Current(**unpack(content))

    def keep_instead(self, student: int, kept: Mapping[str, tuple[str, str]]) -> None:
        """Note for some parts that the facts of the first digest shall not count, but those of the second."""
        with self.store.begin() as connection:
            for part, (lower, higher) in kept.items():
                same = (FACTS.c.student_id == student, FACTS.c.part == part, FACTS.c.digest == lower)
                connection.execute(update(FACTS).where(*same).values(instead=higher))

    def settle(self, student: int, current: Current, state: str, entries: Sequence[Entry] = ()) -> None:
        """Say which facts of a student count from now on, and why."""
        with self.store.begin() as connection:
            values = {"student_": student, "current": pack(current.data()), "state": state}
            connection.execute(statements.SETTLE, values)
            append(connection, student, entries)

    def marks(self) -> dict[int, dict[str, Mark]]:
        """Return what a person decided, by student and part."""
        query = select(MARKS).join(STUDENTS).where(STUDENTS.c.class_id == self.id)
        found: dict[int, dict[str, Mark]] = {}
        with self.store.begin() as connection:
            for row in connection.execute(query):
                mark = Mark(row.points, row.max_points, unpack(row.comment))
                found.setdefault(row.student_id, {})[row.part] = mark
        return found

    def mark(self, student: int, part: str, mark: Mark | None, entry: Entry) -> None:
        """Keep what a person decides on a part, or take it back with None."""
        same = (MARKS.c.student_id == student, MARKS.c.part == part)
        with self.store.begin(durable=True) as connection:
            connection.execute(delete(MARKS).where(*same))
            if mark:
                values = {"points": mark.points, "max_points": mark.max_points, "comment": pack(mark.comment)}
                connection.execute(insert(MARKS).values(student_id=student, part=part, **values))
            append(connection, student, [entry])


def facts_in(connection: Connection, student: int, wanted: Digests) -> dict[str, FactsRow]:
    """Return facts by part."""
    asked = {"student_": student, "digests_": sorted(set(wanted.values()))}
    rows = {(row.part, row.digest): row for row in connection.execute(statements.FOUND, asked)}
    found = {part: rows[part, digest] for part, digest in wanted.items() if (part, digest) in rows}
    replaced = {part: row.instead for part, row in found.items() if row.instead}
    instead = facts_in(connection, student, replaced) if replaced else {}
    plain = {part: FactsRow(part, row.digest, row.points, unpack(row.content)) for part, row in found.items()}
    return plain | instead


def student_row(row: Row[tuple[object, ...]]) -> StudentRow:
    """Return a row of the table as what it means."""
    return StudentRow(row.id, row.name, Enrolled.of(unpack(row.enrolment)), bool(row.is_here), row.state)
