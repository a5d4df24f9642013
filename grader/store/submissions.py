"""What the students of a class handed in: each submission once, however often it is met."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Row, select, update

from grader.store import statements
from grader.store.packed import pack, unpack
from grader.store.rows import HandIn
from grader.store.store import Store
from grader.store.submission_data import decode_submission, encode_submission
from grader.store.tables import STUDENTS, SUBMISSIONS
from grader.submissions.submission import Submission

HAND_IN = [column for column in SUBMISSIONS.c if column.name != "content"]


@dataclass(frozen=True)
class Submissions:
    """The submissions of one class."""

    store: Store
    class_id: int

    def all(self) -> dict[int, list[HandIn]]:
        """Return what each student handed in, the first one first."""
        query = select(*HAND_IN).join(STUDENTS).where(STUDENTS.c.class_id == self.class_id).order_by(SUBMISSIONS.c.id)
        found: dict[int, list[HandIn]] = {}
        with self.store.begin() as connection:
            for row in connection.execute(query):
                found.setdefault(row.student_id, []).append(hand_in(row))
        return found

    def keep(self, made: HandIn, submission: Submission, before: HandIn | None) -> HandIn:
        """Keep a submission.

        What was read of the same one `before` stays where less is read now, as where some exercises alone are graded.
        """
        if before is not None:
            submission = joined(self.content(before.id), submission)
            made = replace(made, sources={**before.sources, **made.sources})
        values = {
            "student_id": made.student_id,
            "digest": made.digest,
            "fingerprint": made.fingerprint,
            "seen": made.seen,
            "details": pack(made.details()),
            "content": pack(encode_submission(submission)),
        }
        query = statements.keep_submission(is_sqlite=self.store.is_sqlite)
        with self.store.begin() as connection:
            return replace(made, id=connection.execute(query, values).scalar_one())

    def update(self, seen: HandIn) -> None:
        """Keep when and where a submission was seen last."""
        values = {"seen": seen.seen, "details": pack(seen.details()), "fingerprint": seen.fingerprint}
        with self.store.begin() as connection:
            connection.execute(update(SUBMISSIONS).where(SUBMISSIONS.c.id == seen.id).values(values))

    def content(self, number: int) -> Submission:
        """Return a submission with its content."""
        with self.store.begin() as connection:
            content = connection.execute(statements.CONTENT, {"submission_": number}).scalar_one()
        return decode_submission(unpack(content))


def joined(before: Submission, now: Submission) -> Submission:
    """Return a submission with what was read of it before for exercises that are not wanted now."""
    wanted = {*now.files, *now.problems}
    files = {slug: each for slug, each in before.files.items() if slug not in wanted}
    problems = {slug: each for slug, each in before.problems.items() if slug not in wanted}
    return replace(now, files={**files, **now.files}, problems={**problems, **now.problems})


def hand_in(row: Row[tuple[object, ...]]) -> HandIn:
    """Return a row of the table as what it means."""
    bare = HandIn(row.id, row.student_id, row.digest, row.fingerprint, row.seen, {})
    return bare.with_details(unpack(row.details))
