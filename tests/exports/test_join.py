"""Marks beside a roster: nobody is given 0 by a name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from grader.exports.gradebook import Column, Gradebook, Part, StudentMarks
from grader.exports.join import Joined, joined
from grader.roster.member import Member, Roster

COLUMN = Column("weights", "Weights", "weights", (Part("weighted_grad", Decimal(4)),))


def roster(*names: str) -> Roster:
    members = tuple(Member(str(number), name, line=number + 1) for number, name in enumerate(names, 1))
    return Roster(Path("roster.csv"), "own", (), members)


def student(name: str, points: str | None = "3", **fields: object) -> StudentMarks:
    return StudentMarks(name, fields.pop("student_id", None), {"weights": points and Decimal(points)}, **fields)


def marks(found: Joined) -> dict[str, Decimal | None]:
    return {entry.member.id: entry.marks["weights"] for entry in found.entries}


def join(students: Roster, *book: StudentMarks, zero: bool = True) -> Joined:
    return joined(Gradebook("c", (COLUMN,), book), students, missing_get_zero=zero)


def test_only_who_handed_in_nothing_gets_zero():
    """Zero is asked for, and still nobody has it whose work may lie under another name."""
    found = join(roster("Mei Chen", "Bo Li", "Ann Lee"), student("chen mei"), student("Ann Marie Lee"))
    assert marks(found) == {"1": Decimal(3), "2": Decimal(0), "3": None}
    assert found.strangers == ("Ann Marie Lee",)
    assert [member.name for member in found.missing] == ["Bo Li", "Ann Lee"]


def test_nobody_gets_zero_unasked():
    """An empty cell leaves what the system has."""
    assert marks(join(roster("Mei Chen"), student("Zoe"), zero=False)) == {"1": None}


def test_the_id_that_a_class_was_graded_under_is_sure():
    """It goes before every name."""
    found = join(roster("Mei Chen", "Chen Mei"), student("whoever", student_id="2"))
    assert marks(found)["2"] == Decimal(3)


def test_a_second_claim_on_a_student_is_asked_about():
    """The sure one keeps the mark, and the other is told."""
    found = join(roster("Mei Chen"), student("Mei Chen", student_id="1"), student("chen mei", "1"))
    assert marks(found) == {"1": Decimal(3)}
    assert list(found.asked) == ["chen mei"]


def test_a_missing_student_in_doubt_stays_open():
    """The run that graded the class could not say whether the student handed in."""
    found = join(roster("Mei Chen"), student("Mei Chen", "0", student_id="1", missing=True, needs_review=True))
    assert marks(found) == {"1": None}


def test_an_open_mark_is_told():
    """Who waits for a person is named."""
    found = join(roster("Mei Chen"), student("Mei Chen", None))
    assert [member.name for member in found.open] == ["Mei Chen"]
