"""The marks of a class beside its roster: who gets which mark, and whom nobody may forget.

Owns the rule that no student of the roster is given 0 by a name that was not found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from grader.exports.gradebook import Gradebook
from grader.exports.systems import Entry
from grader.roster.match import Clue, match
from grader.roster.member import Member, Roster


@dataclass(frozen=True)
class Joined:
    """A student for each row of the roster, and what is to be told."""

    entries: tuple[Entry, ...]
    strangers: tuple[str, ...]
    """Students with marks who are nobody on the roster."""
    asked: Mapping[str, tuple[Member, ...]]
    """Students with marks who could be several on the roster."""
    missing: tuple[Member, ...]
    """Students of the roster without a mark: they handed in nothing, or nobody knows what is theirs."""
    open: tuple[Member, ...]
    """Students of whom some mark waits for a person."""


def roster_of(gradebook: Gradebook) -> Roster:
    """Return a roster made of the marks themselves, for a table that needs no other."""
    members = tuple(
        Member(each.student_id or each.student, each.student, line=line)
        for line, each in enumerate(gradebook.students, 2)
    )
    return Roster(Path(), "own", (), members)


def joined(gradebook: Gradebook, roster: Roster, *, missing_get_zero: bool = False) -> Joined:
    """Return the marks of each student of the roster.

    Who handed in nothing has an open mark, or 0 where that is asked for. A student whose work may be among that of
    strangers has an open mark in any case.
    """
    handed_in = {each.student: each for each in gradebook.students if not each.missing}
    found = owners_of({name: each.student_id for name, each in handed_in.items()}, roster)
    marks = {member.id: handed_in[name] for name, member in found.owners.items()}
    doubtful = doubtful_ids(gradebook, roster) | {
        member.id for members in [*found.asked.values(), *found.unknown.values()] for member in members
    }
    none = dict.fromkeys((column.name for column in gradebook.columns), None)
    zero = dict.fromkeys(none, Decimal(0))
    entries = tuple(
        Entry(member, marks[member.id].marks)
        if member.id in marks
        else Entry(member, zero if missing_get_zero and member.id not in doubtful else none)
        for member in roster.members
    )
    return Joined(
        entries=entries,
        strangers=tuple(found.unknown),
        asked=found.asked,
        missing=tuple(member for member in roster.members if member.id not in marks),
        open=tuple(entry.member for entry in entries if entry.member.id in marks and None in entry.marks.values()),
    )


@dataclass(frozen=True)
class Owners:
    """Whose the marks of a class are."""

    owners: Mapping[str, Member]
    asked: Mapping[str, tuple[Member, ...]]
    unknown: Mapping[str, tuple[Member, ...]]


def owners_of(ids: Mapping[str, str | None], roster: Roster) -> Owners:
    """Return whose marks are whose; `ids` gives for each student the id that the class was graded under."""
    known = roster.by_id()
    sure = {name: known[student_id] for name, student_id in ids.items() if student_id in known}
    clues = {name: Clue(name, tuple(filter(None, [ids[name]]))) for name in ids if name not in sure}
    rest = match(roster, clues)
    claimed = {name: (found.member,) for name, found in rest.matched.items() if found.member in sure.values()}
    matched = {name: found.member for name, found in rest.matched.items() if name not in claimed}
    return Owners(sure | matched, {**rest.asked, **claimed}, rest.unknown)


def doubtful_ids(gradebook: Gradebook, roster: Roster) -> set[str]:
    """Return the ids of students of whom the class's own run could not say whether they handed in."""
    waiting = {each.student_id for each in gradebook.students if each.missing and each.needs_review}
    return {member.id for member in roster.members if member.id in waiting}


def names(members: Iterable[Member]) -> list[str]:
    """Return the names and ids of students for a message to the instructor."""
    return [f"{member.name} ({member.id})" for member in members]
