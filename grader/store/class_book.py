"""One class in a store: its students, their submissions and the facts about them.

Owns that facts, what counts and the ledger change in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, delete, insert, select, update

from grader.store.ledger import Entry, append
from grader.store.packed import pack, unpack
from grader.store.rows import Current, Enrolled, FactsRow, HandIn, Known, Mark, RunRow, StudentRow, now_text
from grader.store.store import Store
from grader.store.submission_data import decode_submission, encode_submission
from grader.store.tables import CLAIMS, FACTS, MARKS, RUNS, STUDENTS, SUBMISSIONS
from grader.submissions.submission import Submission

Digests = Mapping[str, str]
"""The digest of some facts, by part."""
HAND_IN = [column for column in SUBMISSIONS.c if column.name != "content"]


@dataclass(frozen=True)
class ClassBook:
    """A class of a store."""

    store: Store
    id: int
    name: str

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
                connection.execute(self.store.insert(STUDENTS).on_conflict_do_nothing(), values)

    def update_student(self, student: int, enrolled: Enrolled, *, is_here: bool) -> None:
        """Keep what the roster and the folder now say of a student."""
        values = {"enrolment": pack(enrolled.data()), "is_here": is_here}
        with self.store.begin() as connection:
            connection.execute(update(STUDENTS).where(STUDENTS.c.id == student).values(values))

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

    def hand_ins(self) -> dict[int, list[HandIn]]:
        """Return what each student handed in, the first one first."""
        query = select(*HAND_IN).join(STUDENTS).where(STUDENTS.c.class_id == self.id).order_by(SUBMISSIONS.c.id)
        found: dict[int, list[HandIn]] = {}
        with self.store.begin() as connection:
            for row in connection.execute(query):
                found.setdefault(row.student_id, []).append(hand_in(row))
        return found

    def hand_ins_of(self, student: int) -> list[HandIn]:
        """Return what one student handed in, the first one first."""
        query = select(*HAND_IN).where(SUBMISSIONS.c.student_id == student).order_by(SUBMISSIONS.c.id)
        with self.store.begin() as connection:
            return [hand_in(row) for row in connection.execute(query)]

    def keep_submission(self, made: HandIn, submission: Submission, before: HandIn | None) -> HandIn:
        """Keep a submission.

        What was read of the same one `before` stays where less is read now, as where some exercises alone are graded.
        """
        if before is not None:
            submission = joined(self.submission(before.id), submission)
            made = replace(made, sources={**before.sources, **made.sources})
        changes = {
            "fingerprint": made.fingerprint,
            "seen": made.seen,
            "details": pack(made.details()),
            "content": pack(encode_submission(submission)),
        }
        query = self.store.insert(SUBMISSIONS).values(student_id=made.student_id, digest=made.digest, **changes)
        query = query.on_conflict_do_update(index_elements=["student_id", "digest"], set_=changes)
        with self.store.begin() as connection:
            return replace(made, id=connection.execute(query.returning(SUBMISSIONS.c.id)).scalar_one())

    def update_hand_ins(self, changed: Sequence[HandIn]) -> None:
        """Keep when and where submissions were seen last."""
        if not changed:
            return
        with self.store.begin() as connection:
            for each in changed:
                values = {"seen": each.seen, "details": pack(each.details()), "fingerprint": each.fingerprint}
                connection.execute(update(SUBMISSIONS).where(SUBMISSIONS.c.id == each.id).values(values))

    def submission(self, number: int) -> Submission:
        """Return a submission with its content."""
        with self.store.begin() as connection:
            query = select(SUBMISSIONS.c.content).where(SUBMISSIONS.c.id == number)
            return decode_submission(unpack(connection.execute(query).scalar_one()))

    def known(self, student: int) -> dict[tuple[str, str], Known]:
        """Return what facts there are of a student, by part and digest."""
        columns = (FACTS.c.part, FACTS.c.digest, FACTS.c.is_final, FACTS.c.points)
        with self.store.begin() as connection:
            rows = connection.execute(select(*columns).where(FACTS.c.student_id == student))
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
        query = self.store.insert(FACTS)
        changes = {name: query.excluded[name] for name in ("is_final", "points", "content")} | {"instead": None}
        query = query.on_conflict_do_update(index_elements=["student_id", "part", "digest"], set_=changes)
        with self.store.begin(durable=True) as connection:
            if values:
                connection.execute(query, values)
            connection.execute(delete(CLAIMS).where(CLAIMS.c.student_id == student))

    def facts(self, student: int, wanted: Digests) -> dict[str, FactsRow]:
        """Return facts by part, as far as they are there; of those that were not lowered, the earlier ones."""
        with self.store.begin() as connection:
            return facts_in(connection, student, wanted)

    def current(self, student: int) -> Current:
        """Return what of a student counts."""
        with self.store.begin() as connection:
            content = connection.execute(select(STUDENTS.c.current).where(STUDENTS.c.id == student)).scalar_one()
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
            values = {"current": pack(current.data()), "state": state}
            connection.execute(update(STUDENTS).where(STUDENTS.c.id == student).values(values))
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


def joined(before: Submission, now: Submission) -> Submission:
    """Return a submission with what was read of it before for exercises that are not wanted now."""
    wanted = {*now.files, *now.problems}
    files = {slug: each for slug, each in before.files.items() if slug not in wanted}
    problems = {slug: each for slug, each in before.problems.items() if slug not in wanted}
    return replace(now, files={**files, **now.files}, problems={**problems, **now.problems})


def facts_in(connection: Connection, student: int, wanted: Digests) -> dict[str, FactsRow]:
    """Return facts by part."""
    digests = set(wanted.values())
    query = select(FACTS).where(FACTS.c.student_id == student, FACTS.c.digest.in_(digests))
    rows = {(row.part, row.digest): row for row in connection.execute(query)}
    found = {part: rows[part, digest] for part, digest in wanted.items() if (part, digest) in rows}
    replaced = {part: row.instead for part, row in found.items() if row.instead}
    instead = facts_in(connection, student, replaced) if replaced else {}
    plain = {part: FactsRow(part, row.digest, row.points, unpack(row.content)) for part, row in found.items()}
    return plain | instead


def student_row(row: Row[tuple[object, ...]]) -> StudentRow:
    """Return a row of the table as what it means."""
    return StudentRow(row.id, row.name, Enrolled.of(unpack(row.enrolment)), bool(row.is_here), row.state)


def hand_in(row: Row[tuple[object, ...]]) -> HandIn:
    """Return a row of the table as what it means."""
    bare = HandIn(row.id, row.student_id, row.digest, row.fingerprint, row.seen, {})
    return bare.with_details(unpack(row.details))
