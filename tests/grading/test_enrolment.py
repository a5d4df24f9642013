"""A class beside its roster: an entry for everybody, and nobody under another's name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from grader.grading.enrolment import Enrolment, Sheets, enrolled, rows
from grader.quiz.seed import sheet_mark
from grader.roster.member import Member, Roster
from grader.submissions.entries import Entry
from grader.submissions.handed_in import HandedIn, Layout

SECRET = b"hunter"


def roster(*names: str, form: str = "own") -> Roster:
    members = tuple(Member(str(number), name, line=number + 1) for number, name in enumerate(names, 1))
    return Roster(Path("/roster.csv"), form, ("id", "name"), members)


def enrol(students: Roster, *entries: Entry | str, sheets: Mapping[str, tuple[str, ...]] | None = None) -> Enrolment:
    found = [Entry(each, Path("/x") / each) if isinstance(each, str) else each for each in entries]
    return enrolled(found, students, marks=lambda entry: (sheets or {}).get(entry.student, ()), secret=SECRET)


def test_everybody_has_one_entry():
    """Those of the roster under its names, strangers under their own, and the missing with a reason."""
    found = enrol(roster("Mei Chen", "Bo Li"), "chen mei", "Zoe Quist")
    assert {entry.student: entry.problem and entry.problem.key for entry in found.entries} == {
        "Mei Chen": None,
        "Zoe Quist": None,
        "Bo Li": "submissions.nothing_came",
    }
    assert (found.missing, set(found.members)) == ({"Bo Li"}, {"Mei Chen", "Bo Li"})


def test_an_entry_knows_every_name_that_a_sheet_may_have():
    """The id first, then the roster's name and the one it was handed in under."""
    (entry,) = enrol(roster("Mei Chen"), "chen mei").entries
    assert entry.known_as == ("1", "Mei Chen", "Mei Chen", "chen mei")


def test_namesakes_carry_their_ids():
    """Two students of one name have two folders."""
    first = Entry("a", Path("/a"), handed_in=HandedIn("chenmei", Layout.CANVAS, id="1"))
    second = Entry("b", Path("/b"), handed_in=HandedIn("chenmei", Layout.CANVAS, id="2"))
    found = enrol(roster("Mei Chen", "Mei Chen", form="canvas"), first, second)
    assert {entry.student: entry.path for entry in found.entries} == {
        "Mei Chen (1)": Path("/a"),
        "Mei Chen (2)": Path("/b"),
    }


def test_a_stranger_does_not_take_a_students_name():
    """Of two that claim a name neither has it, and the student is in doubt, not missing."""
    found = enrol(roster("Mei Chen"), "Mei Chen", "mei_chen")
    assert {entry.student: entry.problem and entry.problem.key for entry in found.entries} == {
        "Mei Chen": "submissions.work_in_doubt",
        "Mei Chen (unknown)": None,
        "mei_chen": None,
    }


def test_a_sheet_tells_whose_a_submission_is_unless_two_claim_it():
    """A sheet for one who is missing settles a nickname; two of them settle nothing."""
    mark = (sheet_mark(SECRET, "1"),)
    assert "Mei Chen" not in enrol(roster("Mei Chen"), "nick", sheets={"nick": mark}).missing
    twice = enrol(roster("Mei Chen"), "nick", "name", sheets={"nick": mark, "name": mark})
    assert "Mei Chen" in twice.missing
    assert not twice.matching.matched


def test_a_sheet_of_a_student_who_handed_in_moves_nobody():
    """A copied sheet gives the copier no other name."""
    found = enrol(roster("Mei Chen"), "Mei Chen", "nick", sheets={"nick": (sheet_mark(SECRET, "1"),)})
    assert {entry.student for entry in found.entries} == {"Mei Chen", "nick"}


def test_whose_sheet_it_is():
    """A sheet with the student's own mark among others is the student's."""
    entries = enrol(roster("Mei Chen", "Bo Li"), "Mei Chen", "Bo Li").entries
    sheets = Sheets.made_for({each.student: each.known_as for each in entries}, SECRET)
    own, other = sheet_mark(SECRET, "1"), sheet_mark(SECRET, "Bo Li")
    assert sheets.other_owner("Mei Chen", [other]) == "Bo Li"
    assert sheets.other_owner("Mei Chen", [own, other]) is None
    assert sheets.other_owner("Mei Chen", [sheet_mark(b"another", "1")]) is None


def test_the_table_of_the_roster_has_a_line_for_all():
    """Matched, unknown and missing, each with how."""
    found = list(rows(enrol(roster("Mei Chen", "Bo Li"), "chen mei", "Zoe Quist").matching))
    assert found == [
        ("chen mei", "1", "Mei Chen", "the order of words differs"),
        ("Zoe Quist", "", "", "unknown"),
        ("", "2", "Bo Li", "handed in nothing"),
    ]
