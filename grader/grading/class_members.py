"""Who of a class a run is about: the entries of its folder with what the roster says, beside what the store knows."""

from __future__ import annotations

from dataclasses import replace

from grader.grading.class_run import ClassRun
from grader.grading.enrolment import Enrolment, Sheets
from grader.grading.grounds import Grounds
from grader.grading.keys import Keys, policies_of
from grader.grading.options import Assignment
from grader.grading.roll import Roll
from grader.grading.settle import Settler
from grader.store.claims import Claims
from grader.store.rows import Enrolled
from grader.submissions.entries import Entry

Pairs = tuple[tuple[Entry, Enrolled], ...]


def members_of(enrolment: Enrolment, roll: Roll) -> Pairs:
    """Return the entries to take in.

    Who handed in something earlier and nothing now has no entry: the earlier work still counts.
    """
    pairs = [(entry, enrolled_of(entry, enrolment, roll)) for entry in enrolment.entries]
    return tuple((entry, each) for entry, each in pairs if not (each.is_missing and has_work(entry.student, roll)))


def enrolled_of(entry: Entry, enrolment: Enrolment, roll: Roll) -> Enrolled:
    """Return what is known of a student; a run without a roster keeps what an earlier one said."""
    known = roll.students.get(entry.student)
    if enrolment.matching is None and known is not None:
        return replace(known.enrolled, is_missing=False)
    member = enrolment.members.get(entry.student)
    if member is None:
        return Enrolled(known_as=entry.known_as)
    missing = entry.student in enrolment.missing
    return Enrolled(member.id, member.section, member.extension, is_missing=missing, known_as=entry.known_as)


def has_work(student: str, roll: Roll) -> bool:
    """Say whether a student has handed in something before."""
    row = roll.students.get(student)
    return row is not None and any(not each.is_nothing for each in roll.hand_ins.get(row.id, []))


def note_gone(roll: Roll, pairs: Pairs) -> None:
    """Note which students of the class have nothing in its folder any more."""
    here = {entry.student for entry, _ in pairs}
    gone = [row for name, row in roll.students.items() if name not in here and row.is_here]
    roll.book.set_gone(row.id for row in gone)
    roll.students |= {row.name: replace(row, is_here=False) for row in gone}


def sheets_of(roll: Roll, pairs: Pairs, secret: bytes) -> Sheets:
    """Return for whom the quiz sheets of a class were made."""
    known = {name: row.enrolled.known_as for name, row in roll.students.items()}
    return Sheets.made_for(known | {entry.student: each.known_as for entry, each in pairs}, secret)


def class_run(  # noqa: PLR0913 - what a run is told
    assignment: Assignment,
    roll: Roll,
    grounds: Grounds,
    *,
    run: int,
    sheets: Sheets,
    kind: str = "graded",
    never_lower: bool = False,
    force: bool = False,
) -> ClassRun:
    """Return a run over a class."""
    keys = Keys(grounds, sheets, policies_of(assignment.course.config))
    settler = Settler(assignment, roll, keys, run, kind, never_lower)
    return ClassRun(assignment, roll, keys, settler, Claims(roll.book.store), force)
