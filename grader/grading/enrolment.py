"""A class beside its roster: whose each submission is, who handed in nothing, and what is told of both.

Owns that nobody of the roster is forgotten, and that work which may be somebody's is never taken for no work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.quiz.seed import sheet_mark
from grader.roster.match import BY_ID, Clue, Match, Matching, match
from grader.roster.member import Member, Roster
from grader.submissions.class_names import class_names
from grader.submissions.entries import Entry
from grader.submissions.handed_in import HandedIn, Layout
from grader.submissions.names import unique_names
from grader.submissions.refusal import reason

BY_SHEET = "sheet"
"""How a submission was matched whose quiz sheet was made for a student of the roster."""


@dataclass(frozen=True)
class Enrolment:
    """The submissions of a class, and one entry more for each student who handed in nothing."""

    entries: tuple[Entry, ...]
    members: Mapping[str, Member] = field(default_factory=dict)
    """By the entry's student."""
    missing: frozenset[str] = frozenset()
    """The entries of students who handed in nothing."""
    matching: Matching | None = None
    """How the submissions were matched, by the names they were handed in under; None without a roster."""


Marks = Callable[[Entry], Sequence[str]]
"""Reads what the quiz sheets of an entry say about whom they were made for."""


def enrolled(entries: Sequence[Entry], roster: Roster, *, marks: Marks, secret: bytes) -> Enrolment:
    """Return a class with the students' names of its roster."""
    found = match(roster, {entry.student: clue_of(entry) for entry in entries})
    found = matched_by_sheet(found, [entry for entry in entries if entry.student not in found.matched], marks, secret)
    called = {member.id: name for member, name in class_names(roster)}
    taken = set(called.values())
    strangers = [entry.student for entry in entries if entry.student not in found.matched]
    names = unique_names([*taken, *(f"{name} (unknown)" if name in taken else name for name in strangers)])
    renamed = [with_name(entry, found, called, names, taken) for entry in entries]
    absent = [absent_entry(member, called[member.id], roster, found) for member in found.missing]
    members = {called[each.member.id]: each.member for each in found.matched.values()}
    members |= {called[member.id]: member for member in found.missing}
    missing = frozenset(called[member.id] for member in found.missing)
    return Enrolment((*renamed, *absent), members, missing, found)


def clue_of(entry: Entry) -> Clue:
    """Return what an entry tells about its student."""
    told = entry.handed_in or HandedIn(entry.student)
    system = told.layout.value if told.layout not in {Layout.CLASS, Layout.ONE} else ""
    return Clue(told.name or entry.student, tuple(filter(None, [told.id])), told.email or "", system)


def matched_by_sheet(found: Matching, entries: Sequence[Entry], marks: Marks, secret: bytes) -> Matching:
    """Return a matching in which quiz sheets have told whose some further submissions are."""
    owners = {sheet_mark(secret, name): member for member in found.missing for name in names_of(member)}
    claims: dict[str, list[Entry]] = {}
    for entry in entries if owners else ():
        members = {owners[mark].id for mark in marks(entry) if mark in owners}
        if len(members) == 1:
            claims.setdefault(members.pop(), []).append(entry)
    missing = {member.id: member for member in found.missing}
    settled = {each[0].student: Match(missing[member], BY_SHEET) for member, each in claims.items() if len(each) == 1}
    return Matching(
        matched={**found.matched, **settled},
        asked={name: members for name, members in found.asked.items() if name not in settled},
        unknown={name: members for name, members in found.unknown.items() if name not in settled},
        missing=tuple(
            member for member in found.missing if member.id not in {each.member.id for each in settled.values()}
        ),
    )


def names_of(member: Member) -> tuple[str, ...]:
    """Return the names that a student's quiz sheet may have been made for, the id first."""
    return tuple(dict.fromkeys(filter(None, [member.id, *member.others, member.name, member.email])))


def with_name(
    entry: Entry, found: Matching, called: Mapping[str, str], names: Mapping[str, str], taken: set[str]
) -> Entry:
    """Return an entry under the name that its student has in the class."""
    matched = found.matched.get(entry.student)
    if matched is None:
        original = f"{entry.student} (unknown)" if entry.student in taken else entry.student
        return replace(entry, student=names[original], known_as=(entry.student,))
    known_as = (*names_of(matched.member), called[matched.member.id], entry.student)
    return replace(entry, student=called[matched.member.id], known_as=known_as)


def absent_entry(member: Member, name: str, roster: Roster, found: Matching) -> Entry:
    """Return the entry of a student of whom no work is known."""
    key = "work_in_doubt" if member.id in found.doubtful else "nothing_came"
    return Entry(name, roster.path, reason(key), known_as=names_of(member))


@dataclass(frozen=True)
class Sheets:
    """For whom the quiz sheets of a class were made."""

    owners: Mapping[str, str]
    """The student, by the mark of the sheet."""

    @classmethod
    def made_for(cls, known_as: Mapping[str, Sequence[str]], secret: bytes) -> Sheets:
        """Return the marks of all the sheets that may have been made for students, who are known by further names."""
        pairs = ((student, name) for student, names in known_as.items() for name in (*names, student))
        return cls({sheet_mark(secret, name): student for student, name in pairs})

    def other_owner(self, student: str, marks: Sequence[str]) -> str | None:
        """Return who else of the class a sheet was made for, or None."""
        owners = {self.owners[mark] for mark in marks if mark in self.owners}
        return next(iter(sorted(owners - {student})), None) if student not in owners else None


HOW: Mapping[str, str] = {
    BY_ID: "by its id",
    BY_SHEET: "by its quiz sheet",
    "case": "case or Unicode form differ",
    "order": "the order of words differs",
    "accents": "accents differ",
    "blanks": "blanks or hyphens differ",
}


def rows(found: Matching) -> Iterator[tuple[str, str, str, str]]:
    """Yield a row for each submission and each missing student: handed in as, id, name, how they were joined."""
    for submission, each in found.matched.items():
        how = "same name" if submission == each.member.name else HOW[each.how]
        yield submission, each.member.id, each.member.name, how
    for what, unsettled in (("could be several", found.asked), ("unknown", found.unknown)):
        for submission, members in unsettled.items():
            yield submission, " | ".join(each.id for each in members), " | ".join(each.name for each in members), what
    for member in found.missing:
        how = "not found; an unknown submission may be theirs" if member.id in found.doubtful else "handed in nothing"
        yield "", member.id, member.name, how
