"""What the students of a roster are called in a class: names that are unique and fit for a folder."""

from __future__ import annotations

from collections import Counter

from grader.roster.keys import folded
from grader.roster.member import Member, Roster
from grader.submissions.names import student_name, unique_names


def class_names(roster: Roster) -> tuple[tuple[Member, str], ...]:
    """Return each student with a name of its own; namesakes carry their ids."""
    plain = {member.id: student_name(member.name) for member in roster.members}
    count = Counter(map(folded, plain.values()))
    told = {
        member.id: f"{plain[member.id]} ({member.id})" if count[folded(plain[member.id])] > 1 else plain[member.id]
        for member in roster.members
    }
    names = unique_names(told.values())
    return tuple((member, names[told[member.id]]) for member in roster.members)
