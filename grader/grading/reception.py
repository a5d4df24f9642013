"""Takes what lies in a class's folder into the store; what is there already, byte by byte, is not read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from grader.grading.arrivals import Times
from grader.grading.grounds import Grounds, sources_of
from grader.grading.options import Assignment
from grader.grading.roll import Roll
from grader.store.rows import Enrolled, HandIn, StudentRow, now_text
from grader.submissions.entries import Entry
from grader.submissions.fingerprint import fingerprint
from grader.submissions.intake import read_submission
from grader.submissions.submission import Submission, is_unread


@dataclass
class Reception:
    """Takes submissions in, for one run."""

    assignment: Assignment
    roll: Roll
    grounds: Grounds
    run: int
    times: Times = field(default_factory=Times)
    now: str = field(default_factory=now_text)

    def take_in(self, entry: Entry, enrolled: Enrolled) -> StudentRow:
        """Return the student of an entry, whose submission is in the store afterwards."""
        row = self._student(entry.student, enrolled)
        mark = fingerprint(entry, self.grounds.wanted)
        hand_ins = self.roll.hand_ins.setdefault(row.id, [])
        known = next((each for each in hand_ins if each.fingerprint == mark), None)
        if known is None:
            self._read(row, entry, mark)
        else:
            self._seen_again(known, entry, hand_ins)
        return row

    def enrol(self, pairs: Sequence[tuple[Entry, Enrolled]]) -> None:
        """Add the students to the class who are new in it.

        A roster may give a student another name than the submission has, under which an earlier run graded it.
        """
        here = {entry.student for entry, _ in pairs}
        new = {entry.student: enrolled for entry, enrolled in pairs if entry.student not in self.roll.students}
        for entry, _ in pairs:
            before = [name for name in entry.known_as if name in self.roll.students and name not in here]
            if entry.student in new and before:
                self.roll.book.rename(self.roll.students.pop(before[0]).id, entry.student)
                del new[entry.student]
        self.roll.book.add_students(new)
        if not here <= self.roll.students.keys():
            self.roll.students = self.roll.book.students()

    def _student(self, name: str, enrolled: Enrolled) -> StudentRow:
        """Return a student with what the roster says now."""
        row = self.roll.students[name]
        if (row.enrolled, row.is_here) != (enrolled, True):
            self.roll.book.update_student(row.id, enrolled, is_here=True)
            row = replace(row, enrolled=enrolled, is_here=True)
        self.roll.students[name] = row
        return row

    def _read(self, row: StudentRow, entry: Entry, mark: str) -> None:
        """Read a submission, and keep it."""
        submission = read_submission(entry, self.assignment.wanted)
        made = HandIn(
            id=0,
            student_id=row.id,
            digest=submission.digest,
            fingerprint=mark,
            seen=self.run,
            sources=sources_of(submission, self.assignment),
            sheet_marks=submission.sheet.marks,
            handed_in=submission.handed_in,
            arrival=self.times.arrival(entry, submission.handed_in),
            seen_at=self.now,
            is_nothing=is_nothing(submission),
        )
        hand_ins = self.roll.hand_ins[row.id]
        same = next((each for each in hand_ins if each.digest == made.digest), None)
        kept = self.roll.book.submissions.keep(made, submission, same)
        self.roll.hand_ins[row.id] = [*(each for each in hand_ins if each is not same), kept]
        self.roll.fresh = (kept.id, submission)

    def _seen_again(self, known: HandIn, entry: Entry, hand_ins: list[HandIn]) -> None:
        """Note where the submission that was met again stands among the others, and when it came."""
        seen = replace(known, arrival=self.times.arrival(entry, known.handed_in) or known.arrival)
        if any(each.seen > known.seen for each in hand_ins):
            seen = replace(seen, seen=self.run, seen_at=self.now)
        if seen != known:
            self.roll.book.submissions.update(seen)
            hand_ins[hand_ins.index(known)] = seen


def is_nothing(submission: Submission) -> bool:
    """Say whether a submission is there only to say that nothing was handed in."""
    return submission.problem is not None and not is_unread(submission.problem)
